using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Evenkeel.ScriptedModel;

internal sealed class AnthropicDialect : IDialect
{
    public ReadOnlyMemory<byte> Garbage { get; } = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\", oops\n\n"u8.ToArray();

    public void WriteStart(IBufferWriter<byte> output, string model)
    {
        WriteEvent(output, "message_start", $$"""{"type":"message_start","message":{{Message(model, "[]", "null", 1)}}}""");
        WriteEvent(output, "content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""");
    }

    public void WriteToken(IBufferWriter<byte> output, string model, string token) => WriteEvent(
        output, "content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quote(token)}}}}}""");

    public void WriteEnd(IBufferWriter<byte> output, string model, int tokens, bool includeUsage, IReadOnlyList<ScriptedToolCall> calls)
    {
        WriteEvent(output, "content_block_stop", """{"type":"content_block_stop","index":0}""");
        for (var index = 0; index < calls.Count; index++)
            WriteCall(output, index + 1, calls[index]);
        WriteEvent(output, "message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{(calls.Count > 0 ? "tool_use" : "end_turn")}}}","stop_sequence":null},"usage":{"output_tokens":{{{tokens}}}}}""");
        WriteEvent(output, "message_stop", """{"type":"message_stop"}""");
    }

    public string Complete(string model, IReadOnlyList<string> tokens) =>
        Message(model, $$"""[{"type":"text","text":{{Quote(string.Concat(tokens))}}}]""", "\"end_turn\"", tokens.Count);

    public string Error(int status)
    {
        var type = status switch { 429 => "rate_limit_error", 529 => "overloaded_error", < 500 => "invalid_request_error", _ => "api_error" };
        return $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"scripted failure"}}""";
    }

    private static void WriteCall(IBufferWriter<byte> output, int index, ScriptedToolCall call)
    {
        WriteEvent(output, "content_block_start", $$$"""{"type":"content_block_start","index":{{{index}}},"content_block":{"type":"tool_use","id":"toolu_{{{index}}}","input":{},"name":{{{Quote(call.Name)}}}}}""");
        foreach (var piece in (string[])[call.Arguments[..(call.Arguments.Length / 2)], call.Arguments[(call.Arguments.Length / 2)..]])
            WriteEvent(output, "content_block_delta", $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"input_json_delta","partial_json":{{{Quote(piece)}}}}}""");
        WriteEvent(output, "content_block_stop", $$"""{"type":"content_block_stop","index":{{index}}}""");
    }

    private static string Message(string model, string content, string stopReason, int outputTokens) =>
        $$$"""{"id":"msg_scripted","type":"message","role":"assistant","model":{{{Quote(model)}}},"content":{{{content}}},"stop_reason":{{{stopReason}}},"stop_sequence":null,"usage":{"input_tokens":{{{Usage.PromptTokens}}},"output_tokens":{{{outputTokens}}}}}""";

    private static void WriteEvent(IBufferWriter<byte> output, string name, string json) =>
        Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n", output);

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
