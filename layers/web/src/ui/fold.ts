/**
 * One key for the many spellings of a name: *Khan Sheikhoun*, *Khān Shaykhūn*, *خان شيخون*, *Хан-Шейхун*.
 *
 * `fold` keeps what is heard in Latin letters: no case, no diacritics, no ayn or hamza, no article.
 * `skeleton` keeps the consonants only, merged where romanisations differ; for it, Arabic script and Latin
 * meet. The resolver in Python folds by the same idea; the two need not agree letter for letter.
 */

const CYRILLIC = "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ sh ъ  ы y ь  э e ю yu я ya і i ї i є e ґ g ў u ј j љ l њ n ћ c ђ d џ j ѓ g ќ k ѕ z";
const ARABIC = "ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع  غ gh ف f ق q ك k ک k ل l م m ن n ه h ة a و w ؤ w ي y ى a ی y ئ y ء  پ p چ ch ژ zh گ g ڤ v";
const SPECIAL = "ı i ø o ł l đ d ð d þ th ß ss æ ae œ oe ә a ө o ү u қ q ғ gh ң n һ h";

const LETTERS = table(`${CYRILLIC} ${ARABIC} ${SPECIAL}`);
const ARTICLE = /^(?:al|el|ul|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|ath|adh|az|ez)[- ’']+(?=\S)/;

function table(pairs: string): Map<string, string> {
  const parts = pairs.split(" ");
  const letters = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) letters.set(parts[i] ?? "", parts[i + 1] ?? "");
  return letters;
}

/** A text in small plain Latin letters, digits and single spaces. */
export function fold(text: string): string {
  const plain = text.toLowerCase().normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").normalize("NFC");
  let latin = "";
  for (const letter of plain) latin += LETTERS.get(letter) ?? letter;
  return latin
    .replace(/[`'’‘ʿʾʼʻ´ˈ]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The words of a text, folded; the Arabic article goes from the front of each. */
export function tokens(text: string): string[] {
  const words: string[] = [];
  const parts = text.toLowerCase().normalize("NFC").split(/[\s,;:.!?()«»“”"/]+/u);
  for (let i = 0; i < parts.length; i++) {
    const bare = fold(withoutArticle(parts[i] ?? ""));
    if (bare) words.push(...bare.split(" "));
  }
  return words;
}

function withoutArticle(word: string): string {
  if (/^ال\p{L}{2}/u.test(word)) return word.slice(2);
  return word.normalize("NFKD").replace(/\p{M}/gu, "").replace(ARTICLE, "");
}

/** The consonants of a folded word, merged: q=k, gh=g, kh=h, sh=s, th/dh=t/d, w/y/h dropped where weak. */
export function skeleton(word: string): string {
  return word
    .replace(/kh|ch/g, "h")
    .replace(/gh/g, "g")
    .replace(/sh/g, "s")
    .replace(/th/g, "t")
    .replace(/dh|zh/g, "z")
    .replace(/ph/g, "f")
    .replace(/[qc]/g, "k")
    .replace(/[ptd]/g, (letter) => (letter === "p" ? "b" : letter))
    .replace(/[aeiouywv]/g, "")
    .replace(/h$/, "")
    .replace(/(.)\1+/g, "$1");
}

/** Whether two words differ by one letter at most: changed, added, lost, or two swapped. */
export function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  const swapped = short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
  return short.slice(i + 1) === long.slice(i + 1) || swapped;
}
