using System.Diagnostics;
using System.Runtime.CompilerServices;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>The program in the document of the protocol does what it says.</summary>
public sealed class ContractProgramTests
{
    [FactIfPython]
    public async Task The_example_program_submits_gets_verifies_and_releases_tasks()
    {
        var program = Program();
        Assert.InRange(program.Split('\n').Length, 10, 30);
        // Python believes the real clock when it is told until when a cookie is good.
        await using var farm = await TestFarm.StartAsync(clock: TimeProvider.System);
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "lead", "correct horse", Role.Administrator);
        var start = new ProcessStartInfo(FactIfPythonAttribute.Python!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-c", program, farm.Client.BaseAddress!.ToString().TrimEnd('/') }) start.ArgumentList.Add(argument);
        // No proxy stands between this machine and itself.
        start.Environment["NO_PROXY"] = "*";
        using var python = Process.Start(start)!;
        var (said, wrong) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await python.WaitForExitAsync(patience.Token);

        Assert.Equal(("", 0), (await wrong, python.ExitCode));
        Assert.Equal(["one found 42 - to be verified", "two found 42 - closed"], (await said).ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    private static string Program([CallerFilePath] string file = "")
    {
        var document = Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "Farm.Server", "Contracts", "TaskTracker", "Contract.md");
        var text = File.ReadAllText(document).ReplaceLineEndings("\n");
        var from = text.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        return text[from..text.IndexOf("\n```", from, StringComparison.Ordinal)];
    }
}
