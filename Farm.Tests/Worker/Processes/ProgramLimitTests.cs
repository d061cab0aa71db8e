using Farm.Server.Worker;
using Farm.Server.Worker.Processes;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Processes;

/// <summary>A program of a task cannot take all memory of its machine, or run for ever.</summary>
public sealed class ProgramLimitTests
{
    private static readonly string[] Allocate = ["if=/dev/zero", "of=/dev/null", "bs=300M", "count=1"];

    [NeedsToolFact("dd", "prlimit")]
    public async Task A_program_that_wants_more_memory_than_the_limit_fails()
    {
        using var limited = new CommandFixture { Limits = new ProgramLimits(64 * 1024 * 1024, TimeSpan.Zero) };
        Assert.StartsWith("exit code", (await limited.FailAsync("exec", new { exe = "dd", args = Allocate })).Message);
        using var unlimited = new CommandFixture();
        await unlimited.RunAsync("exec", new { exe = "dd", args = Allocate });
    }

    [NeedsToolFact("sleep")]
    public async Task A_program_that_runs_longer_than_the_limit_is_ended()
    {
        using var fixture = new CommandFixture { Limits = new ProgramLimits(0, TimeSpan.FromMilliseconds(100)) };
        var error = await fixture.FailAsync("exec", new { exe = "sleep", args = new[] { "1000" } });
        Assert.Contains("'sleep' ran for more than 0 hours and was ended; the limit of this worker is --max-hours", error.Message);
    }

    [Fact]
    public void Programs_are_limited_unless_a_worker_is_told_otherwise()
    {
        var limits = new WorkerOptions().Programs;
        Assert.InRange(limits.MemoryBytes, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Assert.Equal(TimeSpan.FromDays(1), limits.Time);
    }
}
