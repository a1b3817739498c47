using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Evenkeel.Models.Tools;

/// <summary>Puts the pieces of streamed tool calls together.</summary>
internal sealed class ToolCallAssembly
{
    private readonly List<Call> _calls = [];

    public bool IsEmpty => _calls.Count == 0;

    /// <summary>Adds what one event says of a call; what it does not say is null or "".</summary>
    /// <param name="index">Which call. Some servers number all of them 0: then a new id begins a new call.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its tool.</param>
    /// <param name="arguments">The next piece of its arguments.</param>
    public void Add(long index, string? id, string? name, string? arguments)
    {
        var call = _calls.FindLast(one => one.Index == index);
        if (call is null || (id is { Length: > 0 } && call.Id is { Length: > 0 } known && known != id))
        {
            call = new Call(index);
            _calls.Add(call);
        }
        call.Id = id is { Length: > 0 } ? id : call.Id;
        call.Name = name is { Length: > 0 } ? name : call.Name;
        call.Arguments.Append(arguments);
    }

    /// <summary>The end of an answer that consists of the calls. Whatever reason it gives: some servers say "stop".</summary>
    /// <exception cref="ModelException">One has no name, or arguments that are no JSON object.</exception>
    public ChatModelDelta ToDelta(ChatModelUsage? usage = null) => new("", usage, "tool_calls", [.. _calls.Select(ToCall)]);

    private static ChatToolCall ToCall(Call call, int place)
    {
        var arguments = call.Arguments.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : "{}";
        if (call.Name.Length == 0 || !IsObject(arguments))
            throw new ModelException(ModelFailureKind.InvalidResponse);
        return new ChatToolCall(call.Id is { Length: > 0 } id ? id : string.Create(CultureInfo.InvariantCulture, $"call_{place}"), call.Name, arguments);
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed class Call(long index)
    {
        public long Index { get; } = index;

        public string? Id { get; set; }

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
