using System.Runtime.CompilerServices;
using Evenkeel.Models.Extractive;

namespace Evenkeel.Models;

/// <summary>
/// The built-in responder: no model, no service. It quotes the sentences of the offered passages that answer the question best,
/// cites them, and says so when there are none.
/// </summary>
internal sealed class ExtractiveChatModel : IChatModel
{
    public const string ProviderName = "extractive";

    public string Name => "evenkeel-extractive";

    public string NameFor(ChatModelRequest request) => Name;

    public async IAsyncEnumerable<ChatModelDelta> StreamAsync(
        ChatModelRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask; // nothing to wait for: the answer is computed, then handed out piece by piece
        var answer = Answer(request);
        foreach (var piece in AnswerPieces.Split(answer))
        {
            ct.ThrowIfCancellationRequested();
            yield return new ChatModelDelta(piece);
        }
        yield return new ChatModelDelta("", FinishReason: "stop");
    }

    private static string Answer(ChatModelRequest request)
    {
        var isChinese = request.Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        if (request.IsSmallTalk)
            return SmallTalk.Reply(request.Question, request.Persona, isChinese);
        var parts = new[] { string.Join("\n\n", request.Notes), FromDocuments(request, isChinese), CatalogueList.Write(request.Passages, isChinese) };
        var answer = string.Join("\n\n", parts.Where(part => part is { Length: > 0 }));
        return answer.Length > 0 ? answer
            : request.UnknownAnswer.Trim() is { Length: > 0 } unknown ? unknown : BuiltInUnknownAnswer(isChinese);
    }

    private static string? FromDocuments(ChatModelRequest request, bool isChinese)
    {
        GroundingPassage[] passages = [.. request.Passages.Where(passage => passage.Line is null)];
        var newest = request.Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text.Trim() ?? "";
        var isFollowUp = newest.Length > 0 && newest.Length < request.Question.Length && request.Question.EndsWith(newest, StringComparison.Ordinal);
        return isFollowUp
            ? AnswerExtraction.ExtractFollowUp(request.Question, newest, passages, isChinese)
            : AnswerExtraction.Extract(request.Question, passages, isChinese);
    }

    private static string BuiltInUnknownAnswer(bool isChinese) => isChinese
        ? "我在现有资料里没有找到这个问题的答案。您可以换个说法再问一次，或者问问别的内容。"
        : "I could not find an answer to that in the material I have. You could put the question differently, or ask about something else.";
}

internal sealed class ExtractiveProvider : IChatModelProvider
{
    public string Name => ExtractiveChatModel.ProviderName;

    public bool IsRemote => false;

    public IChatModel Create(ModelEndpointOptions options) => new ExtractiveChatModel();
}
