import type { Citation } from "@evenkeel/sdk";
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { AnswerMarkdown } from "./answer-markdown.tsx";
import { CitationContext } from "./citation-context.ts";

const citation: Citation = {
  index: 1,
  passage_id: "p1",
  document_id: "d1",
  title: "User guide",
  heading_path: ["Reconnecting", "Resuming a stream"],
  snippet: "Reconnect with the last seq.",
};

function renderAnswer(text: string, open = vi.fn()) {
  const { container } = render(
    <MantineProvider env="test">
      <CitationContext value={{ citations: [citation], open }}>
        <AnswerMarkdown text={text} citationIndexes={[1]} />
      </CitationContext>
    </MantineProvider>,
  );
  return { container, open };
}

describe("citations in an answer", () => {
  it("are buttons that open their passage", async () => {
    const { open } = renderAnswer("Reconnect. [1]");
    await userEvent.click(screen.getByRole("button", { name: /^Source 1: User guide › Reconnecting/ }));
    expect(open).toHaveBeenCalledExactlyOnceWith(citation);
  });

  it("may stand side by side, in emphasis and in lists", () => {
    renderAnswer("**Bold [1]**\n\n- item [1][1]");
    expect(screen.getAllByRole("button", { name: /^Source 1/ })).toHaveLength(3);
  });

  it("stay text when there is no such citation", () => {
    const { container } = renderAnswer("As in [7].");
    expect(container.querySelector("p")?.textContent).toBe("As in [7].");
  });

  it("are left alone in code", () => {
    const { container } = renderAnswer("`items[1]`\n\n```js\nitems[1]\n```");
    expect(screen.queryByRole("button", { name: /^Source/ })).toBeNull();
    expect(container.textContent).toContain("items[1]");
  });

  it("cannot be forged by the model", () => {
    const { container } = renderAnswer('<cite data-index="1">click</cite>');
    expect(screen.queryByRole("button")).toBeNull();
    expect(container.textContent).toContain("<cite");
  });
});

describe("what a model writes", () => {
  it("never becomes HTML", () => {
    const { container } = renderAnswer("<img src=x onerror=alert(1)> and <script>alert(1)</script>");
    expect(container.querySelector("script, img")).toBeNull();
    expect(container.textContent).toContain("<script>");
  });

  it("cannot link to a script", () => {
    const { container } = renderAnswer("[click](javascript:alert(1))");
    expect(container.querySelector("a")?.getAttribute("href") ?? "").not.toContain("javascript");
  });

  it("cannot load an image from elsewhere", () => {
    const { container } = renderAnswer("![a chart](https://tracker.example/x.png)");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "a chart" }).getAttribute("rel")).toContain("noreferrer");
  });
});
