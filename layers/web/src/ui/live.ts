/** Says what was selected to those who do not see it. */

import { sentencesOf } from "../model";
import { label } from "./article";
import type { Context } from "./index";

/** Speak each selection once it has settled. */
export function mountLive(context: Context): void {
  const { store, shell } = context;
  let timer = 0;
  store.subscribe("selection", (selection) => {
    if (selection.origin === "program") return;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      shell.live.textContent = spoken(context);
    }, 250);
  });
}

function spoken(context: Context): string {
  const { model, store, words } = context;
  const { marks, sentence } = store.get("selection");
  if (marks.length === 0) return words.t("live.none");
  const text = model.sentences.get(sentence ?? "")?.sentence.text;
  // The sentence itself is read out when it takes the focus; here only what it leads to.
  if (text) return marks.slice(0, 8).map((id) => label(context, id)).join("; ");
  const mark = model.marks.get(marks[0] ?? "");
  const what = mark?.type === "fact" ? mark.fact.word : mark?.type === "zone" ? words.of("kind", mark.zone.kind) : (mark?.place.where ?? "");
  return words.t("live.mark", { name: label(context, marks[0] ?? ""), what, n: sentencesOf(model, marks[0] ?? "").length });
}
