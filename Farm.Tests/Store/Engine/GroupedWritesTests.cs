using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Engine;

/// <summary>Requests of one kind that wait for the writer at the same time are written together, and still answered one by one.</summary>
public sealed class GroupedWritesTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;
    private readonly List<int> _groups = [];
    private readonly GroupedWrites<string, int> _writes;

    public GroupedWritesTests()
    {
        _farm = new StoreFarm(_directory["farm"]);
        _writes = new GroupedWrites<string, int>(_farm.Store, Together, Alone);
    }

    private List<string> Names => _farm.Store.Read(db => db.All("SELECT name FROM tags ORDER BY id", row => row.GetString(0)));

    [Fact]
    public async Task Requests_that_wait_are_written_together_in_their_order()
    {
        var answers = await Task.WhenAll(Ask("a", "b", "c"));
        Assert.Equal([1, 2, 3], answers);
        Assert.Equal([3], _groups);
        Assert.Equal(["a", "b", "c"], Names);
    }

    [Fact]
    public async Task One_request_is_written_alone()
    {
        Assert.Equal(100, await _writes.WriteAsync("a"));
        Assert.Empty(_groups);
    }

    [Fact]
    public async Task A_request_that_the_group_leaves_is_written_alone()
    {
        var answers = await Task.WhenAll(Ask("a", "leave", "c"));
        Assert.Equal([1, 100, 3], answers);
        Assert.Equal(["a", "c", "leave"], Names);
    }

    [Fact]
    public async Task An_error_of_one_request_does_not_fail_the_others()
    {
        var asked = Ask("a", "fails", "c");
        Assert.Equal(100, await asked[0]);
        Assert.Equal("no", (await Assert.ThrowsAsync<FarmException>(() => asked[1])).Message);
        Assert.Equal(100, await asked[2]);
        Assert.Equal(["a", "c"], Names.Order());
    }

    [Fact]
    public async Task Too_many_requests_for_one_operation_are_written_by_several()
    {
        var names = Enumerable.Range(0, (2 * GroupedWrites<string, int>.MaxRequests) + 5).Select(number => $"{number:000}").ToArray();
        await Task.WhenAll(Ask(names));
        Assert.Equal([GroupedWrites<string, int>.MaxRequests, GroupedWrites<string, int>.MaxRequests, 5], _groups);
        Assert.Equal(names, Names);
    }

    [Fact]
    public async Task Requests_that_come_after_the_end_are_told_so()
    {
        await _farm.DisposeAsync();
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => _writes.WriteAsync("late"))).Kind);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private List<Task<int>> Ask(params string[] names) => _farm.Together(() => names.Select(_writes.WriteAsync));

    private IReadOnlyList<int?> Together(WriteTransaction tx, IReadOnlyList<string> names)
    {
        _groups.Add(names.Count);
        var answers = new int?[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == "leave") continue;
            Write(tx, names[i]);
            answers[i] = i + 1;
        }

        return answers;
    }

    private int Alone(WriteTransaction tx, string name)
    {
        Write(tx, name);
        return 100;
    }

    private static void Write(WriteTransaction tx, string name)
    {
        tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.CreateVersion7(), name);
        if (name == "fails") throw FarmException.Conflict("no");
    }
}
