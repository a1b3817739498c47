using System.Diagnostics;
using Xunit;

namespace Evenkeel.Tests.Harness;

/// <summary>For what gives no signal: looks again until it is so. The only place in the tests that waits by the clock.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The first thing <paramref name="lookAsync"/> sees that is not null.</summary>
    public static async Task<T> SeeAsync<T>(string what, Func<Task<T?>> lookAsync, TimeSpan? patience = null)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await lookAsync() is { } seen)
            {
                return seen;
            }

            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
            {
                throw new TimeoutException($"Never saw: {what}");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until <paramref name="isSoAsync"/> holds.</summary>
    public static Task HoldAsync(string what, Func<Task<bool>> isSoAsync, TimeSpan? patience = null) =>
        SeeAsync(what, async () => await isSoAsync() ? "yes" : null, patience);
}
