import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { RecordForm } from "./record-form.tsx";

function renderForm(buttons?: string) {
  const form = { submit: () => {}, saving: { isPending: false, isSuccess: true }, failure: undefined };
  renderPage(
    <RecordForm form={form} action="Go" buttons={buttons}>
      <input aria-label="Title" />
    </RecordForm>,
    "/",
    () => undefined,
  );
  return screen.getByLabelText("Title").closest("fieldset")?.disabled;
}

describe("a form of the catalogue", () => {
  it("takes no words between the making of a thing and its own page", () => expect(renderForm()).toBe(true));

  it("takes words again once a change is saved", () => expect(renderForm("Delete")).toBe(false));
});
