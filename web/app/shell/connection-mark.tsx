import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "../stream.ts";
import classes from "./connection-mark.module.css";

/** Silent while all is well. Says, without alarm, that what is shown may be old. */
export function ConnectionMark() {
  const { t } = useTranslation("app");
  const connection = useConnection();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    // A server that restarts is back in a moment: nobody needs to read about it.
    const timer = setTimeout(() => setShown(connection === "lost"), connection === "lost" ? 2500 : 0);
    return () => clearTimeout(timer);
  }, [connection]);
  return (
    <span role="status">
      {shown && (
        <Tooltip label={t("connection.detail")} w={240} multiline events={{ hover: true, focus: true, touch: true }}>
          <span className={classes.root}>
            <svg
              viewBox="0 0 14 14"
              width="14"
              height="14"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinecap="round"
              aria-hidden
            >
              <path d="M1.5 5.2a8 8 0 0 1 11 0M3.8 7.9a4.6 4.6 0 0 1 6.4 0M7 11h.01M2 1.8l10 10.6" />
            </svg>
            <span className={classes.words}>{t("connection.lost")}</span>
          </span>
        </Tooltip>
      )}
    </span>
  );
}
