import classes from "./person-chip.module.css";

interface PersonProps {
  name: string;
  avatarUrl?: string | null | undefined;
  size?: 20 | 24 | 32 | 40 | 64;
}

/** Face or initials. Decorative: the name stands beside it or is given by the caller. */
export function PersonFace({ name, avatarUrl, size = 20 }: PersonProps) {
  return avatarUrl ? (
    <img className={classes.face} src={avatarUrl} width={size} height={size} alt="" />
  ) : (
    <span
      className={classes.face}
      data-size={size}
      data-initials={initials(name, size >= 24 ? 2 : 1)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.42) }}
      aria-hidden
    />
  );
}

export function PersonChip({ name, avatarUrl, size = 20 }: PersonProps) {
  return (
    <span className={classes.chip}>
      <PersonFace name={name} avatarUrl={avatarUrl} size={size} />
      <span className={classes.name}>{name}</span>
    </span>
  );
}

/**
 * Latin names by first letters; Chinese names by the given name, as people there address each other. Of a name in both
 * scripts the Chinese one is taken when it is a whole name.
 */
export function initials(name: string, length: 1 | 2): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chinese = words.find((word) => /^[\p{Script=Han}·]{2,}$/u.test(word));
  if (chinese) return chinese.slice(-Math.min(length, chinese.length - 1));
  const latin = words.filter((word) => /^\p{Script=Latin}/u.test(word));
  const used = latin.length > 0 ? latin : words;
  const first = used[0]?.[0] ?? "?";
  const last = used.length > 1 ? (used.at(-1)?.[0] ?? "") : "";
  return (length === 1 ? first : first + last).toUpperCase();
}
