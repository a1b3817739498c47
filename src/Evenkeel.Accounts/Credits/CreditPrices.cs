using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.Credits;

/// <summary>What answers cost, in thousandths of a credit.</summary>
public interface ICreditPrices
{
    /// <summary>
    /// What to hold for a turn before it runs. Without a model (it is not known which of a chain will answer) the dearest of all prices.
    /// </summary>
    /// <param name="model">The only model that can answer, or null.</param>
    /// <param name="inputTokens">Most tokens of the prompt.</param>
    /// <param name="outputTokens">Most tokens of the answer.</param>
    long MostFor(string? model, int inputTokens, int outputTokens);

    /// <summary>The price of an answer. Tokens that the model did not report cost nothing.</summary>
    long PriceOf(string model, int? inputTokens, int? outputTokens);
}

/// <summary>Prices of the settings.</summary>
internal sealed class CreditPrices(IOptions<CreditOptions> options) : ICreditPrices
{
    private const int TokensOfPrice = 1_000;

    private readonly Price[] _prices = [.. options.Value.Prices.Select(Price.Of)];
    private readonly Price _default = Price.Of(options.Value.DefaultPrice);

    public long MostFor(string? model, int inputTokens, int outputTokens) => model is null
        ? _prices.Append(_default).Max(price => price.For(inputTokens, outputTokens))
        : PriceOf(model, inputTokens, outputTokens);

    public long PriceOf(string model, int? inputTokens, int? outputTokens) => Find(model).For(inputTokens ?? 0, outputTokens ?? 0);

    private Price Find(string model) => Array.Find(_prices, price => price.Fits(model)) ?? _default;

    private sealed record Price(string Model, bool IsPrefix, long Flat, long Input, long Output)
    {
        public static Price Of(CreditPrice price) => new(
            price.Model.Trim().TrimEnd('*'), price.Model.TrimEnd().EndsWith('*'), CreditAmount.Of(price.PerAnswer), CreditAmount.Of(price.Per1kInputTokens),
            CreditAmount.Of(price.Per1kOutputTokens));

        public bool Fits(string model) => IsPrefix
            ? model.StartsWith(Model, StringComparison.OrdinalIgnoreCase)
            : model.Equals(Model, StringComparison.OrdinalIgnoreCase);

        // Rounded up: an answer that used tokens with a price is never free.
        public long For(int inputTokens, int outputTokens) =>
            Flat + ((((long)inputTokens * Input) + ((long)outputTokens * Output) + TokensOfPrice - 1) / TokensOfPrice);
    }
}
