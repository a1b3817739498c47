using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Endpoints;

/// <summary>How long to wait before a retry: 1, 2, 4 seconds and so on, spread so that those who failed together do not return together.</summary>
internal sealed class RetryWaits(IOptions<ModelsOptions> options, Random random)
{
    private const double Spread = 0.2;

    /// <summary>The wait before retry number <paramref name="retry"/> (from 1). A provider's own wish is never undercut.</summary>
    public TimeSpan Before(int retry, TimeSpan? asked)
    {
        var own = TimeSpan.FromSeconds(options.Value.Chat.FirstRetrySeconds * Math.Pow(2, retry - 1));
        var spread = random.NextDouble();
        var wait = own * (1 - Spread + (2 * Spread * spread));
        return asked is { } least && least > wait ? least + (own * Spread * spread) : wait;
    }
}
