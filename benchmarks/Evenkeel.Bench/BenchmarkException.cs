namespace Evenkeel.Bench;

/// <summary>A measurement cannot be made, or its subject gave a wrong answer; the message is for the person at the terminal.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
