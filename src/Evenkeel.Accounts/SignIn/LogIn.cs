using Evenkeel.Accounts.Registration;
using Evenkeel.Accounts.Sessions;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Evenkeel.Accounts.SignIn;

/// <summary><c>POST /auth/login</c>. An unknown e-mail and a wrong password get the same answer after the same work.</summary>
internal sealed class LogIn(Database database, PasswordHashing hashing, SignInLimits limits, StartSession sessions, TimeProvider time)
{
    private const string FindAccount =
        """
        SELECT u.id AS user_id, u.email, u.display_name, u.locale, u.created_at, p.hash,
               m.role, o.id AS organization_id, o.name AS organization_name, o.created_at AS organization_created_at
        FROM users u
        JOIN passwords p ON p.user_id = u.id
        JOIN memberships m ON m.user_id = u.id
        JOIN organizations o ON o.id = m.organization_id
        WHERE u.email = @email
        ORDER BY m.created_at, o.id
        LIMIT 1
        """;

    public static async Task<Results<Ok<SignedInResponse>, ErrorResult>> HandleAsync(
        LoginRequest request, LogIn logIn, HttpContext context, CancellationToken cancellationToken)
    {
        var result = await logIn.RunAsync(request, ClientAddress.Of(context), cancellationToken);
        return result.TryGet(out var signedIn, out var error) ? TypedResults.Ok(signedIn) : (ErrorResult)error;
    }

    public async Task<Result<SignedInResponse>> RunAsync(LoginRequest request, string address, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var email = EmailAddress.Read(problems, request.Email);
        var password = PasswordRules.ReadGiven(problems, request.Password);
        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        if (limits.BeginSignIn(email, address) is { } tooMany)
        {
            return tooMany;
        }

        var failed = false;
        try
        {
            var account = await database.QueryFirstOrDefaultAsync<AccountRow>(DataScope.System, FindAccount, new { email }, cancellationToken);
            var verified = await hashing.VerifyAsync(account?.Hash, password, cancellationToken);
            if (!verified.TryGet(out var verdict, out var busy))
            {
                return busy;
            }

            failed = account is null || verdict == PasswordVerificationResult.Failed;
            if (failed)
            {
                return new Error(ErrorCode.AuthFailed);
            }

            if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            {
                await RenewHashAsync(account!.UserId, password, cancellationToken);
            }

            return await sessions.RunAsync(account!, cancellationToken);
        }
        finally
        {
            if (!failed)
            {
                limits.DidNotFail(email, address);
            }
        }
    }

    private async Task RenewHashAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        // Where the hashing is too busy the old hash stays for the next sign-in.
        if ((await hashing.HashAsync(password, cancellationToken)).Value is { } hash)
        {
            await database.ExecuteAsync(
                DataScope.System,
                "UPDATE passwords SET hash = @hash, changed_at = @now WHERE user_id = @userId",
                new { hash, userId, now = time.GetUtcNow() },
                cancellationToken);
        }
    }
}
