import type { RetrievalStep } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import styles from "./funnel.module.css";
import traceStyles from "./trace.module.css";
import { stepKey } from "./trace-texts.ts";

/** The steps in their order: how many candidates went in, how many came out, and how long it took. */
export function Funnel({ steps }: { steps: readonly RetrievalStep[] }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(1, ...steps.map((step) => step.out));
  const number = new Intl.NumberFormat(i18n.language);
  const time = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const total = steps.reduce((sum, step) => sum + step.milliseconds, 0);
  return (
    <section className={traceStyles.part} aria-label={t("retrieval.steps")}>
      <h2>{t("retrieval.steps")}</h2>
      <table className={styles.funnel}>
        <thead>
          <tr>
            <th scope="col">{t("retrieval.step")}</th>
            <th scope="col">{t("retrieval.in")}</th>
            <th scope="col">{t("retrieval.out")}</th>
            <th scope="col" className={styles.barColumn}>
              <span className="visually-hidden">{t("retrieval.share")}</span>
            </th>
            <th scope="col">{t("retrieval.milliseconds")}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => {
            const key = stepKey(step.name);
            return (
              <tr key={step.name}>
                <th scope="row">{key === null ? step.name : t(key)}</th>
                {/* The first steps look at everything there is: nothing comes to them from a step before. */}
                <td>{step.in === 0 && step.out > 0 ? "–" : number.format(step.in)}</td>
                <td>{number.format(step.out)}</td>
                <td className={styles.barColumn}>
                  <div className={styles.bar} style={{ width: `${(step.out / most) * 100}%` }} />
                </td>
                <td>{time.format(step.milliseconds)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("retrieval.total")}</th>
            <td />
            <td />
            <td className={styles.barColumn} />
            <td>{time.format(total)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
