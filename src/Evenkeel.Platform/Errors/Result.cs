using System.Diagnostics.CodeAnalysis;

namespace Evenkeel.Platform.Errors;

/// <summary>Either a value or an expected refusal.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct Result<T>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; set when <see cref="Error"/> is null.</summary>
    public T? Value { get; }

    /// <summary>The refusal, if any.</summary>
    public Error? Error { get; }

    /// <summary>Takes the value out, or says why there is none.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        value = Value;
        error = Error;
        return error is null;
    }

#pragma warning disable CA2225 // the conversions are the constructors
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
#pragma warning restore CA2225
}
