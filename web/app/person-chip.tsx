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

/** Latin names by first letters; Chinese names by the given name, as people there address each other. */
export function initials(name: string, length: 1 | 2): string {
  const trimmed = name.trim();
  if (/^[\p{Script=Han}·]+$/u.test(trimmed)) return trimmed.slice(-Math.min(length, Math.max(1, trimmed.length - 1)));
  const words = trimmed.split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (length === 1 ? first : first + last).toUpperCase();
}
