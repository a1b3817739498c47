using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Search;

/// <summary><c>POST /api/v1/chatbots/{id}/retrieval</c>: a search like that of a turn, with everything that led to its result.</summary>
internal static class TryQuestion
{
    private const int MostCharacters = 2_000;

    public static async Task<Results<Ok<RetrievalTrace>, ErrorResult>> HandleAsync(
        Guid id, TryQuestionRequest request, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var question = TextField.Block(problems, "question", request.Question, MostCharacters);
        if (string.IsNullOrWhiteSpace(question))
        {
            problems.Add(FieldProblem.Required("question"));
        }

        if (request.Audience is not (null or "member" or "visitor"))
        {
            problems.Add(new FieldProblem("audience", "Use member or visitor.", "请使用 member 或 visitor。"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        if (await services.Chatbots.FindAsync(caller.OrganizationId, id, cancellationToken) is not { } chatbot)
        {
            return (ErrorResult)Error.NotFound;
        }

        var result = await services.Search.SearchAsync(
            new PassageQuery
            {
                OrganizationId = caller.OrganizationId,
                ChatbotId = id,
                Text = question!,
                Audience = request.Audience == "visitor" ? Audience.Visitor : Audience.Member,
                LeastScore = chatbot.Settings.LeastScore,
                Masking = MaskingPolicy.Of(chatbot.Settings),
                Explain = true,
            },
            cancellationToken);
        return TypedResults.Ok(result.Trace);
    }

    internal readonly record struct Services(IPassageSearch Search, IChatbotDirectory Chatbots);
}
