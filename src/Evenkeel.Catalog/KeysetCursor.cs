using System.Text;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace Evenkeel.Catalog;

/// <summary>Where a page of a list begins that is ordered by a value and then by id.</summary>
/// <param name="Value">Of the last row of the page before.</param>
/// <param name="Id">Of that row.</param>
internal sealed record KeysetCursor(string Value, Guid Id)
{
    private const int IdBytes = 16;

    public override string ToString() => WebEncoders.Base64UrlEncode([.. Id.ToByteArray(), .. Encoding.UTF8.GetBytes(Value)]);

    /// <summary>Null where there is no cursor.</summary>
    public static Result<KeysetCursor?> Parse(string? text)
    {
        if (text is null)
        {
            return (KeysetCursor?)null;
        }

        try
        {
            var bytes = WebEncoders.Base64UrlDecode(text);
            return bytes.Length < IdBytes || bytes.AsSpan(IdBytes).Contains((byte)0)
                ? NotACursor
                : new KeysetCursor(Encoding.UTF8.GetString(bytes.AsSpan(IdBytes)), new Guid(bytes.AsSpan(0, IdBytes)));
        }
        catch (FormatException)
        {
            return NotACursor;
        }
    }

    private static Error NotACursor { get; } = Error.Invalid(new FieldProblem("cursor", "This is not a cursor of this list.", "游标无效。"));
}
