namespace Farm.Tests.Support;

public sealed class EmptySchemasTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Lazy<EmptySchemas> _schemas = new(TestDatabase.NewPool);

    [PostgresFact]
    public async Task A_used_schema_is_given_again_like_a_new_one()
    {
        var name = _schemas.Value.Rent();
        var before = await UseAsync(name);
        _schemas.Value.Return(name);

        Assert.Equal(name, _schemas.Value.Rent());
        Assert.Equal(before, await UseAsync(name));
        _schemas.Value.Return(name);
    }

    [PostgresFact]
    public async Task A_schema_with_other_tables_is_dropped()
    {
        var name = _schemas.Value.Rent();
        await UseAsync(name);
        TestDatabase.Run($"ALTER TABLE {name}.tags ADD COLUMN more BIGINT");
        _schemas.Value.Return(name);

        Assert.NotEqual(name, _schemas.Value.Rent());
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM pg_namespace WHERE nspname = '{name}'"));
    }

    public void Dispose()
    {
        if (_schemas.IsValueCreated) _schemas.Value.DropAll();
        _directory.Dispose();
    }

    /// <summary>What a farm contains before and after its first job.</summary>
    private async Task<string> UseAsync(string schema)
    {
        var found = "";
        await using (var farm = new StoreFarm(_directory[Guid.NewGuid().ToString()], database: TestDatabase.AddressOf(schema)))
        {
            found += farm.Number("SELECT count(*) FROM jobs") + farm.Number("SELECT count(*) FROM leadership");
            var worker = await farm.AwakeAsync("w", "misc");
            var job = farm.Job(await farm.SubmitAsync("misc:3"));
            await farm.TakeAsync(worker);
            found += $" {worker.Id} {job.Id}";
        }

        // The server takes a moment to notice that connections are closed.
        Assert.True(SpinWait.SpinUntil(
            () => TestDatabase.Run($"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'farm {schema}'") is 0L, TimeSpan.FromSeconds(30)));
        return found;
    }
}
