import { expect, type Locator, type Page } from "@playwright/test";
import { nextMonth, seedCity } from "./support/catalogue.ts";
import { test } from "./support/test.ts";

// Neither this zone nor that of the events has ever another offset.
test.use({ timezoneId: "Asia/Tokyo" });

const shanghai = { time_zone: "Asia/Shanghai" };
const english = {
  title: "Cam Robotics",
  starts: `${nextMonth(10)}T09:00`,
  ends: `${nextMonth(10)}T17:30`,
  ...shanghai,
  url: "https://robots.example/cam",
  virtual: true,
};
const american = { title: "Charles Robotics", starts: nextMonth(12) };

const cards = (answer: Locator) => answer.getByRole("article");

test("events are answered with cards, and a place that was meant otherwise is asked for again", async ({
  page,
  server,
  person,
  model,
  chat,
}) => {
  await seedCity(server.url, person, { name: "Cambridge", country_code: "GB" }, [
    english,
    { ...english, title: "Cam Talks" },
  ]);
  await seedCity(server.url, person, { name: "Cambridge", country_code: "US" }, [american]);
  await model.play("robotics conferences", { kind: "answer", text: "There is one [1]." });
  await chat.open();
  await chat.ask("Which robotics conferences are there in Cambridge?");
  await chat.settled();
  const card = cards(chat.last);
  await expect(card).toHaveAccessibleName("Cam Robotics");
  await expect(card).toContainText("10:00");
  await expect(card).toContainText("Cambridge, United Kingdom");
  await expect(card).toContainText("Online");
  await expect(card.getByRole("link", { name: "Cam Robotics" })).toHaveAttribute("href", english.url);
  await expect(chat.last.getByRole("list", { name: "Sources" })).toHaveCount(0);
  expect(await calendarFile(page, card)).toContain("SUMMARY:Cam Robotics");

  await chat.last.getByRole("button", { name: "Cambridge, United Kingdom: choose another meaning" }).click();
  await page.getByRole("menuitem", { name: "Cambridge, United States" }).click();
  await expect(chat.items.getByText("Which robotics conferences are there in Cambridge, United States?")).toBeVisible();
  await expect(cards(chat.last)).toHaveAccessibleName("Charles Robotics");
  await chat.settled();
});

test("活动问题得到卡片，理解有误的部分可以去掉后重新提问", async ({ page, server, person, model, chat }) => {
  await page.addInitScript(() => localStorage.setItem("evenkeel.language", "zh"));
  await seedCity(server.url, person, { name: "Hangzhou", country_code: "CN", aliases: ["杭州"] }, [
    { title: "西湖机器人大会", starts: `${nextMonth(10)}T09:00`, ...shanghai, url: "https://robots.example/west" },
    { title: "钱塘开源论坛", starts: nextMonth(45) },
  ]);
  await model.play("杭州", { kind: "answer", text: "有以下会议：[1]" });
  await chat.open();
  // By its name: at the end of a month the next one is not the same everywhere.
  const [year, month] = nextMonth(10).split("-").map(Number);
  await chat.ask(`${year}年${month}月在杭州有哪些会议？`);
  await chat.settled();
  const card = cards(chat.last);
  await expect(card).toHaveAccessibleName("西湖机器人大会");
  await expect(card).toContainText("10:00");
  await expect(card.getByRole("button", { name: "将“西湖机器人大会”添加到日历" })).toBeVisible();
  const understood = chat.last.getByRole("list", { name: "理解为" });
  await expect(understood.getByRole("listitem")).toHaveCount(2);

  await model.reset();
  await model.play("杭州", { kind: "answer", text: "共有两场：[1][2]" });
  await understood.getByRole("button", { name: /^去掉“.*\d{4}/ }).click();
  await expect(chat.items.getByText("在杭州有哪些会议？", { exact: true })).toBeVisible();
  await expect(cards(chat.last)).toHaveCount(2);
  await expect(chat.last.getByRole("article", { name: "钱塘开源论坛" })).toBeVisible();
  await chat.settled();
});

test("a place that is not known is said, with the one that may have been meant", async ({
  server,
  person,
  model,
  chat,
}) => {
  await seedCity(server.url, person, { name: "Hangzhou", country_code: "CN" }, [
    { title: "Robots", starts: nextMonth(9) },
  ]);
  await model.play("conferences", { kind: "answer", text: "There is one [1]." });
  await chat.open();
  await chat.ask("Which conferences are there in Hangzhuo?");
  await chat.settled();
  await expect(chat.last).toContainText("“Hangzhuo” is not a place known here.");
  await expect(cards(chat.last)).toHaveCount(0);
  await chat.last.getByRole("button", { name: /^Hangzhou/ }).click();
  await expect(cards(chat.last)).toHaveAccessibleName("Robots");
  await chat.settled();
});

test("a question about search results is answered from these only", async ({ page, server, person, model, chat }) => {
  const tide = { title: "Tide Robotics", starts: nextMonth(11), categories: ["data"] };
  const harbour = { title: "Harbour Robotics", starts: nextMonth(12), categories: ["robotics"] };
  await seedCity(server.url, person, { name: "Bremen", country_code: "DE" }, [tide, harbour]);
  await model.play("robotics", { kind: "answer", text: "The first [1], the second [2]." });
  await page.goto("/search?category=robotics");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("link", { name: "Ask about these results" }).click();
  await expect(page.getByText("About 1 result")).toBeVisible();
  await chat.ask("Which robotics events in Bremen are the best?");
  await chat.settled();
  await expect(cards(chat.last)).toHaveAccessibleName("Harbour Robotics");
  // The second was not offered: what stands for it is text.
  await expect(chat.last.getByRole("button", { name: /^Source 2/ })).toHaveCount(0);

  await page.getByRole("button", { name: "Ask about everything instead" }).click();
  await chat.ask("Which robotics events are there in Bremen at all?");
  await expect(cards(chat.last)).toHaveCount(2);
  await chat.settled();
});

async function calendarFile(page: Page, card: Locator): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    card.getByRole("button", { name: /to calendar$/ }).click(),
  ]);
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
