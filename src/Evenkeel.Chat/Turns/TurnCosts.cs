using Evenkeel.Accounts.Credits;
using Evenkeel.Models;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Turns;

/// <summary>What turns cost, in thousandths of a credit.</summary>
internal sealed class TurnCosts(ICreditPrices prices, IOptions<ChatOptions> options)
{
    // Instructions and persona of the prompt.
    private const int InstructionTokens = 1_000;

    /// <summary>What is held for a turn when it is accepted: a full prompt and the longest answer, whichever model gives it.</summary>
    public long MostFor(string question) => prices.MostFor(
        model: null, options.Value.ContextTokens + options.Value.HistoryTokens + InstructionTokens + TokenEstimate.Of(question), ChatModelRequest.LongestAnswerTokens);

    /// <summary>What a whole answer costs: its model's price for the tokens it counted, or for our estimate where it does not count.</summary>
    public TurnPrice PriceOf(TurnContext context)
    {
        var input = context.Usage?.InputTokens ?? context.Request?.Messages.Sum(message => TokenEstimate.Of(message.Text)) ?? 0;
        var output = context.Usage?.OutputTokens ?? TokenEstimate.Of(context.Answer.ToString());
        return new TurnPrice(prices.PriceOf(context.ModelName, input, output), context.ModelName, input, output);
    }
}

/// <summary>The price of an answer, as the ledger keeps it.</summary>
/// <param name="Amount">Thousandths of a credit.</param>
/// <param name="Model">What answered.</param>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
internal sealed record TurnPrice(long Amount, string Model, int InputTokens, int OutputTokens);
