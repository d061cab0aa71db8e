using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>The audit as the page Activity reads it.</summary>
public sealed class ActivityTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task What_is_done_on_a_page_is_listed_with_the_person_and_the_page_as_the_way()
    {
        var job = await _farm.JobAsync("shot");
        _farm.Session = await _farm.SignInAsync("lead");
        await _farm.Actions.SetJobPriorityAsync(job, 70, default);

        var page = await ReadAsync(new ActivityQuery(new PageRequest(0, 10), null, "lead", null, null, null));
        var row = Assert.Single(page!.Rows);
        Assert.Equal(("lead", "127.0.0.1", "page", "job.priority"), (row.Who, row.Address, row.Via, row.Verb));
        Assert.Equal(("job", $"{job}", "shot", "50", "70", null, 1L), (row.TargetKind, row.TargetId, row.TargetName, row.Before, row.After, row.Refusal, row.Times));
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task Rows_are_paged_newest_first_and_have_keys_of_their_own()
    {
        for (var i = 0; i < 5; i++) await _farm.Farm.Audit.WriteAsync(Caller.Farm, $"tag.{i}", static (_, _) => { });
        var page = await ReadAsync(new ActivityQuery(new PageRequest(2, 2), false, null, "tag", null, null));
        Assert.Equal(["tag.2", "tag.1"], page!.Rows.Select(row => row.Verb));
        Assert.Equal(5, page.Total);
        Assert.Equal(2, page.Rows.Select(row => row.Key).Distinct().Count());
    }

    [Fact]
    public async Task Who_may_not_see_it_gets_no_rows_and_is_not_written_down_for_looking()
    {
        await _farm.SignInAsync("lead");
        _farm.Session = await _farm.SignInAsync("artist");
        _farm.Address = "192.168.1.7";
        Assert.Null(await ReadAsync(new ActivityQuery(new PageRequest(0, 10), null, null, null, null, null)));
        _farm.Address = null;
        Assert.Empty((await ReadAsync(new ActivityQuery(new PageRequest(0, 10), true, null, null, null, null)))!.Rows);
    }

    [Fact]
    public async Task An_entry_is_a_change_that_pages_hear_of()
    {
        await using var changes = _farm.Changes.WatchAsync(default).GetAsyncEnumerator();
        var next = changes.MoveNextAsync();
        await _farm.Farm.Audit.WriteAsync(Caller.Farm, "tag.add", static (_, _) => { });
        Assert.True(await next);
        Assert.Equal(new FarmChange(FarmChangeKind.Audit, Guid.Empty), changes.Current);
    }

    private Task<Page<ActivityRow>?> ReadAsync(ActivityQuery query) => _farm.Activity.ReadAsync(query, default);
}
