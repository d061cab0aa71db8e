using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Jobs;

/// <summary>Long settings, templates and commands are stored in parts, and read as if they were not.</summary>
public sealed class LongTextTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public LongTextTests() => _farm = new StoreFarm(_directory["farm"], slice: 20);

    [Theory]
    [InlineData(LongText.MinLength - 1)]
    [InlineData(LongText.MinLength)]
    [InlineData(LongText.PartLength)]
    [InlineData(LongText.PartLength + 1)]
    [InlineData(20 * LongText.PartLength)]
    public async Task Every_long_text_of_a_job_is_read_as_it_was_written(int length)
    {
        var (settings, metadata, source, shared, argument) =
            (Json("settings", length), Json("metadata", length), Text("source \ud83d\ude00", length).TrimEnd('\ud83d'), Text("shared", length), Text("argument", length));
        var job = await BuildAsync(settings, metadata, source, shared, argument, count: 3);
        Assert.Equal(LongText.IsLong(settings), _farm.Number("SELECT count(*) FROM text_parts WHERE owner = 0") > 0);

        var stored = _farm.Store.Read(db => StoredSubmissionTable.Read(db, _farm.Job(job).Id));
        Assert.Equal((settings, metadata, source), (stored.Settings, stored.Metadata, stored.Source));
        var details = _farm.Store.Read(db => JobView.Find(db, job))!;
        Assert.Equal((settings, metadata), (details.Settings, details.Metadata));
        var worker = await _farm.AwakeAsync("w");
        for (var i = 0; i < 3; i++)
        {
            var task = await _farm.TakeAsync(worker);
            AssertCommands(task.Commands, shared, $"{argument} {i}");
            AssertCommands(_farm.Store.Read(db => TaskView.Find(db, task.Uuid))!.Commands, shared, $"{argument} {i}");
            await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        }

        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((0, 0), (_farm.Number("SELECT count(*) FROM text_parts"), _farm.Number("SELECT count(*) FROM command_lists")));
    }

    [Fact]
    public void No_part_ends_within_a_character()
    {
        var text = new string('a', LongText.PartLength - 1) + string.Concat(Enumerable.Repeat("\ud83d\ude00", LongText.PartLength));
        var parts = LongText.Parts(text).ToList();
        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts, part => Assert.False(char.IsHighSurrogate(part[^1])));
        Assert.All(parts, part => Assert.InRange(part.Length, 1, LongText.PartLength));
    }

    [Fact]
    public async Task A_job_whose_manager_stopped_before_its_settings_were_stored_is_dropped()
    {
        var (row, draft) = Job(Json("settings", 9 * LongText.PartLength), "{}", "source", "shared", "argument", count: 3);
        var build = new JobConstruction(_farm.JobTransitions);
        await _farm.Store.WriteAsync(tx =>
        {
            build.Begin(tx, row, draft);
            build.WriteTexts(tx);
        });
        Assert.True(build.HasTexts);
        await _farm.BulkUpdates.ResumeConstructionAsync();
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((0, 0), (_farm.Number("SELECT count(*) FROM jobs"), _farm.Number("SELECT count(*) FROM text_parts")));
    }

    [Fact]
    public async Task A_job_that_is_deleted_while_its_texts_are_written_leaves_nothing()
    {
        var (row, draft) = Job(Json("settings", 9 * LongText.PartLength), "{}", "source", "shared", Text("argument", LongText.MinLength), count: 3);
        var build = new JobConstruction(_farm.JobTransitions);
        await _farm.Store.WriteAsync(tx =>
        {
            build.Begin(tx, row, draft);
            build.Claim(tx, _farm.Store.Manager);
            build.WriteTexts(tx);
        });
        await _farm.Jobs.DeleteAsync(Caller.Farm, row.Uuid);
        await _farm.Store.WriteAsync(tx => Assert.False(build.IsStillWanted(tx)));
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((0, 0), (_farm.Number("SELECT count(*) FROM jobs"), _farm.Number("SELECT count(*) FROM text_parts")));
    }

    private static void AssertCommands(string commands, string shared, string argument)
    {
        var parameters = JsonNode.Parse(commands)![0]!["parameters"]!;
        Assert.Equal((shared, argument), ((string)parameters["shared"]!, (string)parameters["own"]!));
    }

    private static string Text(string name, int length) => string.Concat(Enumerable.Range(0, length / name.Length + 2).Select(i => $"{name} {i}"))[..length];

    private static string Json(string name, int length) => $$"""{"a":"{{Text(name, length - 8)}}"}""";

    private static (NewJobRow Row, JobDraft Draft) Job(string settings, string metadata, string source, string shared, string argument, int count)
    {
        var tasks = Enumerable.Range(0, count).Select(i => new TaskDraft($"t-{i}", [new CommandDraft("exec", new JsonObject { ["own"] = $"{argument} {i}" }, 0)]));
        var stage = new StageDraft("s", "misc", 50, [], tasks) { Shared = new JsonObject { ["shared"] = shared } };
        var draft = new JobDraft("job", new JobSettings(), [stage], count, count) { Source = source };
        return (new NewJobRow(Guid.CreateVersion7(), "job", "test", JobStatus.Queued, 50, "linux", settings, metadata, null, null, count, 1), draft);
    }

    private async Task<Guid> BuildAsync(string settings, string metadata, string source, string shared, string argument, int count)
    {
        var (row, draft) = Job(settings, metadata, source, shared, argument, count);
        await _farm.Builder.BuildAsync(row, draft);
        return row.Uuid;
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
