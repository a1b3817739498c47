import { expect, it } from "vitest";
import { fieldsOfType, typeProblems, typeRequest } from "./type-fields.ts";

const right = { ...fieldsOfType(undefined), type: "crm.ticket_opened", english: "Ticket opened", chinese: "已开工单" };

it("tells what is wrong with an event type before it is sent", () => {
  expect(typeProblems(right)).toEqual({});
  expect(typeRequest(right)).toMatchObject({ event_type: "crm.ticket_opened", schema: { type: "object" } });
  expect(typeProblems(fieldsOfType(undefined))).toEqual({ type: "type", english: "missing" });
  expect(["ticket", "1crm.x", "crm.", "crm.A"].map((type) => typeProblems({ ...right, type }).type)).toEqual(
    Array(4).fill("type"),
  );
  expect(typeProblems({ ...right, schema: "{" }).schema).toBe("json");
  expect(typeProblems({ ...right, schema: "[]" }).schema).toBe("object");
});
