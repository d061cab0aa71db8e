using Farm.Server.Contracts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;

namespace Farm.Tests.Store.Engine.Postgres;

public sealed class PostgresSqlTests
{
    [Theory]
    [InlineData("SELECT $2, $1, $2", "SELECT $1, $2, $1", "2 1")]
    [InlineData("SELECT @job WHERE id = @id AND x = @job", "SELECT $1 WHERE id = $2 AND x = $1", "job id")]
    [InlineData("SELECT '@no $1' || @yes", "SELECT '@no $1' || $1", "yes")]
    [InlineData("SELECT id FROM tasks INDEXED BY tasks_active WHERE id = $1", "SELECT id FROM tasks WHERE id = $1", "1")]
    [InlineData(
        "x IN (SELECT unhex(value) FROM json_each(@uuids))", "x IN (SELECT decode(value, 'hex') FROM json_array_elements_text($1::json))", "uuids")]
    public void A_statement_is_translated(string sql, string text, string parameters)
    {
        var translated = PostgresSql.Of(sql);
        Assert.Equal((text, parameters), (translated.Text, string.Join(' ', translated.Parameters)));
    }

    [Fact]
    public void Every_migration_exists_for_both_engines()
    {
        Assert.All(Schema.Core, step => Assert.NotNull(step.Postgres));
        foreach (var module in ProtocolModules.All) Assert.All(module.Schema.Steps, step => Assert.NotNull(step.Postgres));
    }
}
