import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";

/** Grey lines in the shape of a page, only when the wait is long enough to be noticed. */
export function PageLoading() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy style={{ padding: 24, maxWidth: 720, display: "grid", gap: 12, opacity: late ? 1 : 0 }}>
      <Skeleton height={28} width="40%" />
      <Skeleton height={16} />
      <Skeleton height={16} width="85%" />
      <Skeleton height={16} width="60%" />
    </div>
  );
}
