using Evenkeel.Platform.Errors;

namespace Evenkeel.Accounts.Registration;

/// <summary>10 to 128 characters, not the e-mail address, not one of those everybody tries first. Nothing about digits or symbols.</summary>
internal static class PasswordRules
{
    private const string Field = "password";
    private const int FewestCharacters = 10;
    private const int MostCharacters = 128;

    /// <summary>A password somebody signs in with; empty with a problem added when it cannot be one.</summary>
    public static string ReadGiven(List<FieldProblem> problems, string? password)
    {
        if (string.IsNullOrEmpty(password))
        {
            problems.Add(FieldProblem.Required(Field));
        }
        else if (password.Length > MostCharacters)
        {
            problems.Add(FieldProblem.TooLong(Field, MostCharacters));
        }

        return password ?? "";
    }

    /// <summary>A password somebody chooses.</summary>
    public static string ReadChosen(List<FieldProblem> problems, string? password, string email)
    {
        var known = problems.Count;
        var chosen = ReadGiven(problems, password);
        if (problems.Count > known)
        {
            return chosen;
        }

        if (chosen.Length < FewestCharacters)
        {
            problems.Add(new FieldProblem(Field, $"At least {FewestCharacters} characters.", $"至少 {FewestCharacters} 个字符。"));
        }
        else if (string.Equals(chosen.Trim(), email, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new FieldProblem(Field, "It must not be your e-mail address.", "不能与邮箱地址相同。"));
        }
        else if (CommonPasswords.Contains(chosen))
        {
            problems.Add(new FieldProblem(Field, "This password is too well known. Please choose another.", "这个密码太常见，请换一个。"));
        }

        return chosen;
    }
}
