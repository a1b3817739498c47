using System.Text.Json;
using Anthropic.Models.Messages;

namespace Evenkeel.Models;

/// <summary>
/// Messages as Anthropic takes them: no system text, no empty ones, calls as parts of the assistant's message, and all results of a message's calls together
/// in one message of the user.
/// </summary>
internal static class AnthropicMessages
{
    public static List<MessageParam> Of(IReadOnlyList<ChatTurnMessage> messages)
    {
        var all = new List<MessageParam>();
        var results = new List<ContentBlockParam>();
        foreach (var message in messages.Where(message => message.Role != ChatRole.System))
        {
            if (message.Role == ChatRole.Tool)
            {
                results.Add(new ToolResultBlockParam(message.ToolCallId!) { Content = message.Text });
                continue;
            }
            AddResults(all, ref results);
            if (message.ToolCalls.Count > 0)
                all.Add(new AssistantMessageParam { Content = Calling(message) });
            else if (message.Text.Length > 0)
                all.Add(message.Role == ChatRole.Assistant ? new AssistantMessageParam { Content = message.Text } : new UserMessageParam { Content = message.Text });
        }
        AddResults(all, ref results);
        return all;
    }

    public static ToolUnion ToTool(ChatTool tool) => new Tool
    {
        Name = tool.Name, Description = tool.Description, InputSchema = new InputSchema(Object(tool.Parameters)),
    };

    private static void AddResults(List<MessageParam> all, ref List<ContentBlockParam> results)
    {
        if (results.Count == 0)
            return;
        all.Add(new UserMessageParam { Content = results });
        results = [];
    }

    private static List<ContentBlockParam> Calling(ChatTurnMessage message)
    {
        var parts = new List<ContentBlockParam>();
        if (message.Text.Length > 0)
            parts.Add(new TextBlockParam(message.Text));
        foreach (var call in message.ToolCalls)
            parts.Add(new ToolUseBlockParam { ID = call.Id, Name = call.Name, Input = Object(call.Arguments) });
        return parts;
    }

    private static Dictionary<string, JsonElement> Object(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
