using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>The JSON shapes of Contracts/Deadline/Contract.md sections 2, 5 and 9, field by field.</summary>
public sealed class ShapeTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private JsonObject _job = null!;
    private TestWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitFramesAsync(2);
        _worker = await _farm.AwakeAsync("node-07");
        await _farm.Service<FarmStore>().WriteAsync(tx =>
        {
            tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'gpu')", Guid.CreateVersion7());
            tx.Db.Execute("INSERT INTO worker_tags SELECT w.id, g.id FROM workers w, tags g");
        });
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Task_ids() => Snapshot.Verify(await TextAsync($"/api/tasks?IdOnly=true&JobID={_job["id"]}"));

    [Fact]
    public async Task A_queued_task() => Snapshot.Verify(await TextAsync($"/api/tasks?TaskID=1&JobID={_job["id"]}"));

    [Fact]
    public async Task A_rendering_task()
    {
        await _worker.TakeAsync();
        Snapshot.Verify(await TextAsync($"/api/tasks?TaskID=0&JobID={_job["id"]}"));
    }

    [Fact]
    public async Task All_tasks_of_a_job()
    {
        await _worker.TakeAndCompleteAsync();
        Snapshot.Verify(await TextAsync($"/api/tasks?JobID={_job["id"]}"));
    }

    /// <summary>The snapshots above do not show these.</summary>
    [Fact]
    public async Task Numbers_and_times_have_the_exact_format()
    {
        await _worker.TakeAsync();
        var text = await TextAsync($"/api/tasks?TaskID=0&JobID={_job["id"]}");

        Assert.Contains("\"NormMult\":1.0,", text);
        Assert.Contains("\"Start\":\"2026-01-05T10:00:00.000+00:00\",", text);
        Assert.Contains("\"Comp\":\"0001-01-01T00:00:00Z\",", text);
    }

    [Fact]
    public async Task A_list_of_jobs()
    {
        await _worker.TakeAsync();
        Snapshot.Verify(await TextAsync("/api/jobs"));
    }

    [Fact]
    public async Task Ids_of_jobs() => Snapshot.Verify(await TextAsync("/api/jobs?IdOnly=true"));

    [Fact]
    public async Task A_submitted_job()
    {
        var (status, text) = await _farm.SayAsync("POST", "/api/jobs", """
            {"JobInfo":{"Plugin":"CommandLine","Name":"Convert","BatchName":"sq01","UserName":"ada","Comment":"for review","Department":"comp",
              "MachineName":"desk-3","Frames":"1-10","ChunkSize":"5","Priority":"60","Pool":"gpu","InitialStatus":"Suspended",
              "OutputDirectory0":"/out","OutputFilename0":"a.####.png","ExtraInfo3":"three","ExtraInfoKeyValue0":"shot=sh010","ExtraInfoKeyValue1":"flag"},
             "PluginInfo":{"Executable":"convert","Arguments":"in.<STARTFRAME>.exr"},"AuxFiles":[]}
            """);

        Assert.Equal(200, status);
        Snapshot.Verify(text);
    }

    [Fact]
    public async Task The_id_of_a_submitted_job()
    {
        var (_, text) = await _farm.SayAsync("POST", "/api/jobs", """{"JobInfo":{"Plugin":"CommandLine"},"PluginInfo":{"Executable":"true"},"IdOnly":true}""");
        Snapshot.Verify(text);
    }

    [Fact]
    public async Task Names_of_pools() => Snapshot.Verify(await TextAsync("/api/pools"));

    [Fact]
    public async Task Names_of_groups() => Snapshot.Verify(await TextAsync("/api/groups?NamesOnly=true"));

    [Fact]
    public async Task Names_of_slaves() => Snapshot.Verify(await TextAsync("/api/slaves?NamesOnly=true"));

    [Fact]
    public async Task Slave_info()
    {
        await _worker.TakeAsync();
        Snapshot.Verify(await TextAsync("/api/slaves?Data=info"));
    }

    [Fact]
    public async Task Slave_info_and_settings() => Snapshot.Verify(await TextAsync("/api/slaves?Data=infosettings"));

    private async Task<string> TextAsync(string path)
    {
        var (status, text) = await _farm.SayAsync("GET", path);
        Assert.Equal(200, status);
        return text;
    }
}
