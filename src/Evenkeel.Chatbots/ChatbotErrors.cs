using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chatbots;

internal static class ChatbotErrors
{
    public static Error SlugTaken { get; } = new(ErrorCode.Conflict)
    {
        Fields = [new FieldProblem("slug", "This address is taken.", "该地址已被占用。")],
    };

    public static Error NotConfirmed(string slug) => Error.Invalid(new FieldProblem(
        "confirm",
        $"Deleting has to be confirmed: add ?confirm={slug}.",
        $"删除需要确认：请加上 ?confirm={slug}。"));
}
