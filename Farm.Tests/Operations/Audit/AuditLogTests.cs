using System.Text;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Views.Audit;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Audit;

/// <summary>What is in the audit, on every engine.</summary>
public sealed class AuditLogTests : IAsyncDisposableTest
{
    private static readonly Account Ada = new(4, Guid.Empty, "ada", true, Role.Operator, 0);
    private static readonly Caller Operator = new(Role.Operator, "192.168.1.7", Ada) { Way = new Way("flamenco") };
    private static readonly Caller Visitor = new(Role.Visitor, "192.168.1.8") { Way = Way.Page };

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private StoreFarm? _farm;

    private StoreFarm Farm => _farm ??= new StoreFarm(_directory["farm"], _time, slice: 3);

    private List<AuditEntry> Entries => Farm.Store.Read(db => AuditView.Page(db, new AuditFilter { Limit = 1000 }));

    [Fact]
    public async Task A_change_is_in_the_audit_with_who_from_where_through_what_and_before_and_after()
    {
        var job = await Farm.SubmitAsync("misc:3", priority: 50);
        await Farm.Jobs.SetPriorityAsync(Operator, job, 60);

        var entry = Entries[0];
        Assert.Equal(
            (4L, "ada", "192.168.1.7", "flamenco", "job.priority", new AuditTarget("job", job, Farm.Job(job).Name), "50", "60", null, 1L),
            (entry.AccountId, entry.Who, entry.Address, entry.Via, entry.Verb, entry.Target, entry.Before, entry.After, entry.Refusal, entry.Times));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), entry.At);
        var submitted = Entries[1];
        Assert.Equal(("", "", "farm", "job.submit"), (submitted.Who, submitted.Address, submitted.Via, submitted.Verb));
    }

    [Fact]
    public async Task A_refused_action_is_in_it_with_the_reason_and_changed_nothing()
    {
        var job = await Farm.SubmitAsync("misc:3");
        var refused = await Assert.ThrowsAsync<FarmException>(() => Farm.Jobs.DeleteAsync(Visitor, job));

        var entry = Entries[0];
        Assert.Equal(("", "192.168.1.8", "page", "job.delete", refused.Message), (entry.Who, entry.Address, entry.Via, entry.Verb, entry.Refusal));
        Assert.Equal(new AuditTarget("job", job, Farm.Job(job).Name), entry.Target);
        Assert.Null(Farm.Job(job).BulkUpdate);
    }

    [Fact]
    public async Task What_the_state_does_not_allow_is_no_refusal_and_not_in_it()
    {
        var job = await Farm.SubmitAsync("misc:3");
        await Assert.ThrowsAsync<FarmException>(() => Farm.Jobs.DoAsync(Operator, job, JobVerb.Resume, "test"));
        Assert.Equal(["job.submit"], Entries.Select(entry => entry.Verb));
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_is_not_in_it()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Farm.Audit.WriteAsync(Operator, AuditVerb.SetPriority, (tx, action) =>
        {
            action.Record(tx);
            throw new InvalidOperationException("after it was written");
        }));
        Assert.Empty(Entries);
    }

    [Fact]
    public async Task A_change_of_many_tasks_is_one_entry_with_their_number()
    {
        var job = await Farm.SubmitAsync("misc:40");
        await Farm.Commands.ApplyAsync(Operator, job, null, TaskCommand.Suspend);
        var entry = Assert.Single(Entries, entry => entry.Verb == "task.suspend");
        Assert.Equal("all 40 tasks suspended", entry.After);
    }

    [Fact]
    public async Task What_workers_do_all_the_time_writes_nothing_to_it()
    {
        await Farm.SubmitAsync("misc:6");
        var worker = await Farm.AwakeAsync("node");
        var before = Entries.Count;
        for (var i = 0; i < 3; i++)
        {
            var task = await Farm.TakeAsync(worker);
            Farm.Permission.MayKeepRunning(worker.Id, task.Uuid, task.AttemptId);
            await Farm.ReportAsync(worker, task, TaskStatus.Active, "frame 1");
            await Farm.ReportAsync(worker, task, i == 2 ? TaskStatus.Failed : TaskStatus.Completed);
        }

        await Farm.Heartbeats.FlushAsync();
        await Farm.Presence.StateChangedAsync(worker.Id, WorkerStatus.Asleep);
        await Farm.Presence.SignOffAsync(worker.Id);
        await Farm.Presence.SignOnAsync(worker.Id, new("node", "test", "127.0.0.1", true, ["misc"]));
        Assert.Equal(before, Entries.Count);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_one_entry_and_a_number()
    {
        var job = await Farm.SubmitAsync("misc:3");
        for (var i = 0; i < 50; i++) await Assert.ThrowsAsync<FarmException>(() => Farm.Jobs.DeleteAsync(Visitor, job));
        Assert.Single(Entries, entry => entry.Verb == "job.delete");
        _time.Advance(RepeatLimits.FirstWindow);
        await Farm.Audit.FlushAsync();
        Assert.Equal([49L, 1L], Entries.Where(entry => entry.Verb == "job.delete").Select(entry => entry.Times));
    }

    [Fact]
    public async Task Texts_of_any_length_are_cut_between_characters()
    {
        await Farm.Audit.WriteAsync(Operator, AuditVerb.AddTag, (_, action) =>
        {
            action.On(new AuditTarget("tag", "", new string('é', 1000) + "\0"));
            action.Change("\0", string.Concat(Enumerable.Repeat("🎬", 1000)));
        });
        var entry = Entries[0];
        Assert.Equal(new string('é', 98) + "…", entry.Target.Name);
        Assert.Equal("\uFFFD", entry.Before);
        Assert.InRange(Encoding.UTF8.GetByteCount(entry.After!), AuditText.MaxValueBytes - 4, AuditText.MaxValueBytes);
        Assert.EndsWith("🎬…", entry.After);
    }

    [Theory]
    [InlineData(90, 4)]
    [InlineData(0, 12)]
    public async Task Entries_are_kept_for_the_days_of_the_setting(int days, int kept)
    {
        await MakeAsync(8);
        _time.Advance(TimeSpan.FromDays(80));
        await MakeAsync(4);
        _time.Advance(TimeSpan.FromDays(20));
        await new AuditRetention(Farm.Store, new FixedOptions<FarmLimits>(new FarmLimits { AuditDays = days }), _time).RunAsync();
        Assert.Equal(kept, Entries.Count);

        async Task MakeAsync(int count)
        {
            for (var i = 0; i < count; i++) await Farm.Audit.WriteAsync(Operator, AuditVerb.AddTag, static (_, _) => { });
        }
    }

    [Fact]
    public async Task Entries_are_found_by_person_verb_target_result_time_and_text()
    {
        var job = await Farm.SubmitAsync("misc:3");
        await Farm.Jobs.SetPriorityAsync(Operator, job, 60);
        await Assert.ThrowsAsync<FarmException>(() => Farm.Jobs.SetPriorityAsync(Visitor, job, 70));
        _time.Advance(TimeSpan.FromHours(1));
        await Farm.Jobs.DoAsync(Operator, job, JobVerb.Pause, "test");
        var hour = _time.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.Equal(["job.pause", "job.priority"], Verbs(new AuditFilter { Limit = 10, Who = "ada" }));
        Assert.Equal(["job.priority", "job.priority"], Verbs(new AuditFilter { Limit = 10, Verb = "job.priority" }));
        Assert.Equal(4, Verbs(new AuditFilter { Limit = 10, Verb = "job" }).Count);
        Assert.Empty(Verbs(new AuditFilter { Limit = 10, Verb = "jo" }));
        Assert.Equal(4, Verbs(new AuditFilter { Limit = 10, Target = $"{job}" }).Count);
        Assert.Equal(4, Verbs(new AuditFilter { Limit = 10, Target = "MISC" }).Count);
        Assert.Empty(Verbs(new AuditFilter { Limit = 10, Target = "%" }));
        Assert.Single(Verbs(new AuditFilter { Limit = 10, IsRefused = true }));
        Assert.Equal(3, Verbs(new AuditFilter { Limit = 10, IsRefused = false }).Count);
        Assert.Equal(["job.pause"], Verbs(new AuditFilter { Limit = 10, Since = hour }));
        Assert.Equal(3, Verbs(new AuditFilter { Limit = 10, Until = hour }).Count);
        Assert.Single(Verbs(new AuditFilter { Limit = 10, Search = "1.8" }));
        Assert.Equal(["job.priority"], Verbs(new AuditFilter { Limit = 1, Offset = 1 }));
        Assert.Equal(["job.submit"], Verbs(new AuditFilter { Limit = 10, OlderThan = Entries[^2].Id }));
        Assert.Equal(3, Farm.Store.Read(db => AuditView.Count(db, new AuditFilter { Limit = 1, IsRefused = false })));
    }

    [Fact]
    public async Task Only_operators_and_administrators_read_it_and_who_tries_is_in_it()
    {
        var reader = new AuditReader(Farm.Store, Farm.Audit);
        await Assert.ThrowsAsync<FarmException>(() => reader.ReadAsync(Visitor, new AuditFilter { Limit = 10 }));
        await Assert.ThrowsAsync<FarmException>(() => reader.ReadPageAsync(Visitor with { Address = "192.168.1.9" }, new AuditFilter { Limit = 10 }));
        var found = await reader.ReadAsync(Operator, new AuditFilter { Limit = 10 });
        Assert.Equal(["192.168.1.9", "192.168.1.8"], found.Select(entry => entry.Address));
        Assert.All(found, entry => Assert.Equal(("audit.read", true), (entry.Verb, entry.Refusal is not null)));
    }

    [SqliteFact]
    public async Task Who_is_refused_on_a_full_disk_is_refused_all_the_same()
    {
        var job = await Farm.SubmitAsync("misc:3");
        await Farm.Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1"));
        // Until the pages that are there are full.
        await Assert.ThrowsAsync<FarmException>(async () =>
        {
            for (var i = 0; i < 1000; i++) await Farm.SubmitAsync("misc:3");
        });
        var refused = await Assert.ThrowsAsync<FarmException>(() => Farm.Jobs.DeleteAsync(Visitor, job));
        Assert.Contains("was not submitted from your machine", refused.Message);
    }

    [Fact]
    public async Task A_submission_says_how_many_tasks_of_which_type()
    {
        await Farm.SubmitAsync("misc:3");
        Assert.Equal(["job.submit"], Entries.Select(entry => entry.Verb));
        Assert.Equal("3 tasks of type staged, priority 50", Entries[0].After);
    }

    public async ValueTask DisposeAsync()
    {
        if (_farm is not null) await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private List<string> Verbs(AuditFilter filter) => Farm.Store.Read(db => AuditView.Page(db, filter)).ConvertAll(entry => entry.Verb);
}
