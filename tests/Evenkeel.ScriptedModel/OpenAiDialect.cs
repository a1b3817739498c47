using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Evenkeel.ScriptedModel;

internal sealed class OpenAiDialect : IDialect
{
    public ReadOnlyMemory<byte> Garbage { get; } = "data: {\"choices\":[{\"delta\":{\"content\": oops\n\n"u8.ToArray();

    public void WriteStart(IBufferWriter<byte> output, string model) =>
        WriteChunk(output, model, """[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]""");

    public void WriteToken(IBufferWriter<byte> output, string model, string token) =>
        WriteChunk(output, model, $$"""[{"index":0,"delta":{"content":{{Quote(token)}}},"finish_reason":null}]""");

    public void WriteEnd(IBufferWriter<byte> output, string model, int tokens, bool includeUsage, IReadOnlyList<ScriptedToolCall> calls)
    {
        for (var index = 0; index < calls.Count; index++)
        {
            var (name, arguments) = calls[index];
            WriteCall(output, model, $$$"""{"index":{{{index}}},"id":"call_{{{index}}}","type":"function","function":{"name":{{{Quote(name)}}},"arguments":{{{Quote(arguments[..(arguments.Length / 2)])}}}}}""");
            WriteCall(output, model, $$$"""{"index":{{{index}}},"function":{"arguments":{{{Quote(arguments[(arguments.Length / 2)..])}}}}}""");
        }
        WriteChunk(output, model, $$$"""[{"index":0,"delta":{},"finish_reason":"{{{(calls.Count > 0 ? "tool_calls" : "stop")}}}"}]""");
        if (includeUsage)
            WriteChunk(output, model, "[]", $",\"usage\":{UsageOf(tokens)}");
        output.Write("data: [DONE]\n\n"u8);
    }

    public string Complete(string model, IReadOnlyList<string> tokens) =>
        $$"""{"id":"chatcmpl-scripted","object":"chat.completion","created":1700000000,"model":{{Quote(model)}},"choices":[{"index":0,"message":{"role":"assistant","content":{{Quote(string.Concat(tokens))}}},"finish_reason":"stop"}],"usage":{{UsageOf(tokens.Count)}}}""";

    public string Error(int status) =>
        $$$"""{"error":{"message":"scripted failure","type":"scripted_{{{status}}}","param":null,"code":null}}""";

    private static void WriteCall(IBufferWriter<byte> output, string model, string call) =>
        WriteChunk(output, model, $$"""[{"index":0,"delta":{"tool_calls":[{{call}}]},"finish_reason":null}]""");

    private static void WriteChunk(IBufferWriter<byte> output, string model, string choices, string more = "") =>
        Encoding.UTF8.GetBytes(
            $$"""data: {"id":"chatcmpl-scripted","object":"chat.completion.chunk","created":1700000000,"model":{{Quote(model)}},"choices":{{choices}}{{more}}}""" + "\n\n",
            output);

    private static string UsageOf(int tokens) =>
        $$"""{"prompt_tokens":{{Usage.PromptTokens}},"completion_tokens":{{tokens}},"total_tokens":{{Usage.PromptTokens + tokens}}}""";

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
