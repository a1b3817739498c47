using System.Diagnostics;
using System.Globalization;

namespace Evenkeel.Scenarios;

/// <summary>What happened, line by line, with seconds since the beginning.</summary>
public sealed class Transcript(TextWriter writer)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();

    /// <summary>A heading between steps.</summary>
    public void Step(string text) => Write($"\n## {text}\n");

    /// <summary>One thing that happened.</summary>
    /// <param name="who"><c>person</c>, <c>server</c>, <c>socket</c> or <c>model</c>.</param>
    /// <param name="text">What.</param>
    public void Line(string who, string text) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.00} s  {who,-7} {text}"));

    /// <summary>A line of its own, such as of a table.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
        }
    }
}

/// <summary>The product did not do what the scenario shows.</summary>
public sealed class ScenarioException(string message) : Exception(message)
{
    /// <summary>Fails the scenario unless <paramref name="holds"/>.</summary>
    public static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ScenarioException(what);
        }
    }
}
