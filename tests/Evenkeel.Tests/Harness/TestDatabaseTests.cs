using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Harness;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Clones_of_a_template_begin_equal_and_do_not_see_each_other()
    {
        var template = await TestDatabase.TemplateAsync("clones", async database =>
        {
            await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
            await ExecuteAsync(owner, "CREATE TABLE notes (text text); GRANT ALL ON notes TO evenkeel_app; INSERT INTO notes VALUES ('template')");
        });
        await using var first = await TestDatabase.CreateDatabaseAsync(template, TestContext.Current.CancellationToken);
        await using var second = await TestDatabase.CreateDatabaseAsync(template, TestContext.Current.CancellationToken);
        await using var inFirst = NpgsqlDataSource.Create(first.ApplicationConnectionString);
        await using var inSecond = NpgsqlDataSource.Create(second.ApplicationConnectionString);

        await ExecuteAsync(inFirst, "INSERT INTO notes VALUES ('first')");

        (await CountAsync(inFirst)).ShouldBe(2);
        (await CountAsync(inSecond)).ShouldBe(1);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM notes");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
