using Evenkeel.Platform.Errors;

namespace Evenkeel.Accounts.Registration;

/// <summary>E-mail addresses as they are compared: trimmed and lower-case.</summary>
internal static class EmailAddress
{
    private const string Field = "email";
    private const int MostCharacters = 254;
    private const int MostLocalCharacters = 64;

    /// <summary>The normalized address; empty with a problem added when it is none.</summary>
    public static string Read(List<FieldProblem> problems, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add(FieldProblem.Required(Field));
            return "";
        }

        var email = value.Trim().ToLowerInvariant();
        if (email.Length > MostCharacters)
        {
            problems.Add(FieldProblem.TooLong(Field, MostCharacters));
        }
        else if (!LooksRight(email))
        {
            problems.Add(new FieldProblem(Field, "This is not an e-mail address.", "这不是有效的邮箱地址。"));
        }

        return email;
    }

    /// <summary>The part before the @.</summary>
    public static string LocalPart(string email) => email[..email.LastIndexOf('@')];

    // Only what cannot be an address is refused: whether mail arrives there, a pattern cannot tell. Names without a dot exist in-house.
    private static bool LooksRight(string email)
    {
        var at = email.LastIndexOf('@');
        var domain = email.AsSpan(at + 1);
        return at is > 0 and <= MostLocalCharacters
            && domain is { Length: > 0 } and not ['.' or '-', ..] and not [.., '.' or '-']
            && !domain.Contains("..", StringComparison.Ordinal)
            && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or '"' or ',' or ';')
            && email.IndexOf('@') == at;
    }
}
