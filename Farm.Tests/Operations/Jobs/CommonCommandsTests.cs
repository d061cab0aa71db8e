using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Jobs;

/// <summary>What the commands of a job's tasks have in common is stored once, however many tasks it has, and every task is handed out with all of it.</summary>
public sealed class CommonCommandsTests : IAsyncDisposableTest
{
    private const string StoredBytes =
        "SELECT (SELECT sum(octet_length(commands)) FROM command_lists) + (SELECT coalesce(sum(octet_length(text)), 0) FROM text_parts)";

    private static readonly string Long = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"argument {i} "));

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public CommonCommandsTests() => _farm = new StoreFarm(_directory["farm"], slice: 20);

    [Fact]
    public async Task Arguments_that_differ_in_the_frame_number_are_stored_once()
    {
        var job = await BuildAsync(Stage("render", 100, frame => $"-s {frame} {Long} -o /out/{frame:0000}.png -e {frame}"));
        Assert.InRange(_farm.Number(StoredBytes), Long.Length, Long.Length + 100 * 200);
        await AssertHandedOutAsync(job, "render", 100, frame => $"-s {frame} {Long} -o /out/{frame:0000}.png -e {frame}");
    }

    [Fact]
    public async Task Stages_share_what_they_have_in_common()
    {
        await BuildAsync(Stage("a", 3, frame => $"{Long} {frame}"), Stage("b", 3, frame => $"b {frame} {Long}"), Stage("c", 1, _ => Long));
        Assert.InRange(_farm.Number(StoredBytes), Long.Length, Long.Length + 10_000);
        Assert.Equal(1, _farm.Number("SELECT count(*) FROM command_lists WHERE base_id IS NULL"));
    }

    [Fact]
    public async Task Tasks_that_alternate_between_long_texts_store_each_once()
    {
        string Argument(int frame) => $"{Long} {(frame % 3 == 0 ? Long.ToUpperInvariant() : Long.Replace('a', 'b'))} {frame}";
        var job = await BuildAsync(Stage("render", 60, Argument));
        Assert.InRange(_farm.Number(StoredBytes), 4 * Long.Length, 4 * Long.Length + 60 * 200);
        await AssertHandedOutAsync(job, "render", 60, Argument);
    }

    [Fact]
    public async Task Equal_long_commands_have_one_row()
    {
        var job = await BuildAsync(Stage("render", 50, _ => Long));
        Assert.Equal((1, 0), (_farm.Number("SELECT count(*) FROM command_lists"), _farm.Number("SELECT count(*) FROM command_lists WHERE base_id IS NOT NULL")));
        await AssertHandedOutAsync(job, "render", 50, _ => Long);
    }

    [Fact]
    public async Task Short_commands_are_stored_as_they_are()
    {
        await BuildAsync(Stage("render", 50, frame => $"short {frame}"));
        Assert.Equal((50, 0), (_farm.Number("SELECT count(*) FROM command_lists"), _farm.Number("SELECT count(*) FROM command_lists WHERE base_id IS NOT NULL")));
    }

    [Fact]
    public async Task A_task_whose_commands_are_a_difference_is_shown_whole_and_searched_whole()
    {
        var hash = new string('f', 30) + "0123456789";
        var job = await BuildAsync(Stage("render", 2, frame => $"{Long} {hash[..(38 + frame)]}"));
        var (first, second) = (_farm.Task(job, 0), _farm.Task(job, 1));
        Assert.Contains($"{Long} {hash}\"", _farm.Store.Read(db => TaskView.Find(db, second.Uuid))!.Commands);
        Assert.True(_farm.Store.Read(db => CommandListTable.Contains(db, second.Id, hash)));
        Assert.False(_farm.Store.Read(db => CommandListTable.Contains(db, first.Id, hash)));
    }

    [Fact]
    public async Task A_job_that_another_manager_goes_on_with_is_stored_whole()
    {
        string Argument(int frame) => $"{frame} {Long}";
        var stage = Stage("render", 90, Argument);
        var (row, draft) = Job([stage]);
        var build = new JobConstruction(_farm.JobTransitions);
        foreach (var slice in TaskPreparation.Slices(draft, 0, 20, Guid.CreateVersion7).Take(2))
        {
            await _farm.Store.WriteAsync(tx =>
            {
                if (build.JobId == 0) build.Begin(tx, row, draft);
                build.WriteWhole(tx, slice);
            });
        }

        await _farm.Builder.ResumeAsync(row.Uuid, draft);
        Assert.InRange(_farm.Number(StoredBytes), 2 * Long.Length, 2 * Long.Length + 90 * 200);
        await AssertHandedOutAsync(row.Uuid, "render", 90, Argument);
    }

    [Fact]
    public async Task A_deleted_job_leaves_no_commands()
    {
        var job = await BuildAsync(Stage("render", 100, frame => $"{frame} {Long}"));
        var kept = await BuildAsync(Stage("other", 2, frame => $"{frame} {Long}"));
        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal(2, _farm.Number("SELECT count(*) FROM command_lists"));
        await AssertHandedOutAsync(kept, "other", 2, frame => $"{frame} {Long}");
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private static StageDraft Stage(string type, int count, Func<int, string> argument) => new(
        type, type, 50, [], Enumerable.Range(1, count).Select(frame => new TaskDraft($"{type}-{frame}", [Command(argument(frame))])));

    private static CommandDraft Command(string argument) =>
        new("exec", new JsonObject { ["exe"] = "x", ["args"] = new JsonArray("-b", argument) }, TotalStepCount: 0);

    private static (NewJobRow Row, JobDraft Draft) Job(StageDraft[] stages)
    {
        var tasks = stages.Sum(stage => (long)stage.Tasks.Count());
        var draft = new JobDraft("job", new JobSettings(), stages, tasks, tasks);
        return (new NewJobRow(Guid.CreateVersion7(), "job", "test", JobStatus.Queued, 50, "linux", "{}", "{}", null, null, tasks, 1), draft);
    }

    private async Task<Guid> BuildAsync(params StageDraft[] stages)
    {
        var (row, draft) = Job(stages);
        await _farm.Builder.BuildAsync(row, draft);
        return row.Uuid;
    }

    private async Task AssertHandedOutAsync(Guid job, string type, int count, Func<int, string> argument)
    {
        var worker = await _farm.AwakeAsync(type, type);
        for (var frame = 1; frame <= count; frame++)
        {
            var task = await _farm.TakeAsync(worker);
            Assert.Equal((job, $"{type}-{frame}"), (task.JobUuid, task.Name));
            Assert.Equal(CommandDraftJson.Write([Command(argument(frame))]), task.Commands);
            await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        }
    }
}
