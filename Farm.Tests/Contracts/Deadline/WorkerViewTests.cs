using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 9: pools, groups and slaves as views of tags and workers.</summary>
public sealed class WorkerViewTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        await _farm.AwakeAsync("a", "misc");
        await _farm.AwakeAsync("b", "misc");
        await _farm.Service<FarmStore>().WriteAsync(tx =>
        {
            tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'gpu'), ($2, 'big')", Guid.CreateVersion7(), Guid.CreateVersion7());
            tx.Db.Execute("INSERT INTO worker_tags SELECT w.id, g.id FROM workers w, tags g WHERE w.name = 'b' AND g.name = 'gpu'");
        });
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData("/api/pools", """["none","big","gpu"]""")]
    [InlineData("/api/pools?NamesOnly=true", """["none","big","gpu"]""")]
    [InlineData("/api/groups", """["none","big","gpu"]""")]
    [InlineData("/api/pools?Pool=gpu,big", """["b"]""")]
    [InlineData("/api/groups?Group=GPU", """["b"]""")]
    [InlineData("/api/pools?Pool=none", """["a","b"]""")]
    [InlineData("/api/pools?Pool=big", "[]")]
    [InlineData("/api/slaves?NamesOnly=true", """["a","b"]""")]
    [InlineData("/api/slaves?NamesOnly=true&Name=b,c", """["b"]""")]
    public async Task Names_are_bare_arrays(string path, string names) => Assert.Equal(names, (await _farm.AskAsync(path)).ToJsonString());

    [Fact]
    public async Task A_job_for_a_pool_runs_only_on_its_workers()
    {
        var (status, text) = await _farm.SayAsync(
            "POST", "/api/jobs", """{"JobInfo":{"Plugin":"CommandLine","Group":"gpu"},"PluginInfo":{"Executable":"true"}}""");
        Assert.True(status == 200 && text.Contains("\"Pool\":\"none\"") && text.Contains("\"Grp\":\"gpu\""), text);

        await _farm.AwakeAsync("c", "misc");
        var slaves = await _farm.AskAsync("/api/slaves?Data=info");
        Assert.Equal(["", "gpu", ""], slaves.AsArray().Select(slave => (string)slave!["Pools"]!));
    }

    [Fact]
    public async Task A_slave_is_idle_rendering_offline_or_stalled()
    {
        var job = await _farm.SubmitEchoAsync(name: "Sleepers");
        var worker = await _farm.AwakeAsync("c", "misc");
        await worker.TakeAsync();
        var gone = await _farm.AwakeAsync("d", "misc");
        await gone.SignOffAsync();
        var broken = await _farm.AwakeAsync("e", "misc");
        await broken.BecomeAsync("error");

        var slaves = (await _farm.AskAsync("/api/slaves?Data=info")).AsArray();

        Assert.Equal([2, 2, 1, 3, 4], slaves.Select(slave => (int)slave!["Stat"]!));
        Assert.Equal(((string)job["id"]!, "Sleepers"), ((string)slaves[2]!["JobId"]!, (string)slaves[2]!["JobName"]!));
        Assert.Equal("", (string)slaves[0]!["JobId"]!);
    }
}
