using Dapper;
using Evenkeel.Accounts.Sessions;
using Evenkeel.Accounts.SignIn;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Accounts.Registration;

/// <summary>
/// <c>POST /auth/register</c>: a person, their organization, its first contents and a session, in one transaction. That an e-mail is
/// taken is said openly: registration cannot hide it without sending mail, and limits by address make trying addresses slow.
/// </summary>
internal sealed class Register(
    Database database, PasswordHashing hashing, StartSession sessions, IEnumerable<IOrganizationInitializer> initializers,
    IdSource ids, TimeProvider time, IOptions<AccountsOptions> options)
{
    private const string InsertAccount =
        """
        INSERT INTO users (id, email, display_name, locale, created_at) VALUES (@UserId, @Email, @DisplayName, @Locale, @CreatedAt);
        INSERT INTO passwords (user_id, hash, changed_at) VALUES (@UserId, @Hash, @CreatedAt);
        INSERT INTO organizations (id, name, created_at) VALUES (@OrganizationId, @OrganizationName, @CreatedAt);
        INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES (@OrganizationId, @UserId, @Role, @CreatedAt)
        """;

    public static async Task<Results<Created<SignedInResponse>, ErrorResult>> HandleAsync(
        RegisterRequest request, Register register, SignInLimits limits, HttpContext context, CancellationToken cancellationToken)
    {
        if (!RegistrationForm.Read(request, RequestLanguage.Of(context)).TryGet(out var form, out var invalid))
        {
            return (ErrorResult)invalid;
        }

        if (limits.BeginRegistration(ClientAddress.Of(context)) is { } tooMany)
        {
            return (ErrorResult)tooMany;
        }

        var result = await register.RunAsync(form, cancellationToken);
        return result.TryGet(out var signedIn, out var error) ? TypedResults.Created("/auth/me", signedIn) : (ErrorResult)error;
    }

    public async Task<Result<SignedInResponse>> RunAsync(RegistrationForm form, CancellationToken cancellationToken)
    {
        // Before the expensive hash; decided again inside the transaction.
        if (options.Value.Registration != RegistrationPolicy.Open
            && await database.QueryFirstOrDefaultAsync<bool>(DataScope.System, "SELECT EXISTS (SELECT FROM users)", null, cancellationToken))
        {
            return new Error(ErrorCode.Forbidden);
        }

        // Outside the transaction, which would hold a connection while it waits for a processor.
        if (!(await hashing.HashAsync(form.Password, cancellationToken)).TryGet(out var hash, out var busy))
        {
            return busy;
        }

        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        if (await IsRefusedInTransactionAsync(transaction))
        {
            return new Error(ErrorCode.Forbidden);
        }

        var account = NewAccount(form, hash);
        try
        {
            await transaction.Connection.ExecuteAsync(InsertAccount, account, transaction.Transaction);
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "users" })
        {
            return new Error(ErrorCode.Conflict)
            {
                Fields = [new FieldProblem("email", "There is an account with this e-mail address already. Please sign in.", "该邮箱已注册，请直接登录。")],
            };
        }

        await transaction.NarrowToAsync(account.OrganizationId, cancellationToken);
        var organization = new NewOrganization(account.OrganizationId, account.OrganizationName, account.UserId, account.Locale);
        foreach (var initializer in initializers)
        {
            await initializer.InitializeAsync(transaction, organization, cancellationToken);
        }

        var signedIn = await sessions.RunInTransactionAsync(transaction, account, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return signedIn;
    }

    /// <summary>Where registration is not open, two first accounts at once would both find nobody: they take turns.</summary>
    private async Task<bool> IsRefusedInTransactionAsync(ScopedTransaction transaction)
    {
        if (options.Value.Registration == RegistrationPolicy.Open)
        {
            return false;
        }

        await transaction.Connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('first_account'))", transaction: transaction.Transaction);
        return await transaction.Connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM users)", transaction: transaction.Transaction);
    }

    private AccountRow NewAccount(RegistrationForm form, string hash)
    {
        var now = time.GetUtcNow();
        return new AccountRow
        {
            UserId = ids.Next(),
            Email = form.Email,
            DisplayName = form.DisplayName,
            Locale = form.Locale,
            CreatedAt = now,
            Hash = hash,
            Role = MemberRole.Owner,
            OrganizationId = ids.Next(),
            OrganizationName = form.OrganizationName,
            OrganizationCreatedAt = now,
        };
    }
}
