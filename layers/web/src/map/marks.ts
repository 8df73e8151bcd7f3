import type { Store } from "../store";
import type { MapDocument } from "../types";
import type { Words } from "../ui/words";
import type { Sheet } from "./sheet";
export function mountMarks(_sheet: Sheet, _doc: MapDocument, _store: Store, _words: Words): void {}
