using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;

namespace Evenkeel.Accounts.Registration;

/// <summary>A registration whose fields are right. Names are kept as text, whatever they contain; showing them safely is up to the page.</summary>
internal sealed record RegistrationForm(string Email, string Password, string DisplayName, string OrganizationName, string Locale)
{
    private const int MostNameCharacters = 100;

    /// <summary>Checks a request and fills in what is absent.</summary>
    public static Result<RegistrationForm> Read(RegisterRequest request, string requestLanguage)
    {
        var problems = new List<FieldProblem>();
        var email = EmailAddress.Read(problems, request.Email);
        var password = PasswordRules.ReadChosen(problems, request.Password, email);
        var displayName = TextField.Line(problems, "display_name", request.DisplayName, MostNameCharacters);
        var organizationName = TextField.Line(problems, "organization_name", request.OrganizationName, MostNameCharacters);
        var locale = request.Locale is null ? requestLanguage : RequestLanguage.Supported(request.Locale);
        if (locale is null)
        {
            problems.Add(new FieldProblem("locale", "It must be en or zh.", "必须是 en 或 zh。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var name = string.IsNullOrEmpty(displayName) ? EmailAddress.LocalPart(email) : displayName;
        return new RegistrationForm(
            email, password, name, string.IsNullOrEmpty(organizationName) ? OrganizationOf(name, locale!) : organizationName, locale!);
    }

    private static string OrganizationOf(string name, string locale) =>
        locale == RequestLanguage.Chinese ? $"{name} 的组织" : $"{name}'s organization";
}
