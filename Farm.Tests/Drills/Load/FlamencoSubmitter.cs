namespace Farm.Tests.Drills.Load;

/// <summary>Submits jobs through the Flamenco protocol; some are so large that they are built in several transactions.</summary>
internal sealed class FlamencoSubmitter(LoadBalancer farm, Ledger ledger, int seed) : Client(farm, ledger, seed)
{
    private int _number;

    public override async Task RunOnceAsync()
    {
        await PauseAsync(300, 1500);
        if (!Ledger.Wants) return;
        var repeats = Random.Next(10) == 0 ? Random.Next(510, 1100) : Random.Next(5, 80);
        var name = $"drill {Seed}-{++_number}";
        var answer = await TrySendAsync(
            new("POST", "/api/v3/jobs", $$$"""
                {"name":"{{{name}}}","type":"echo-sleep-test","priority":{{{Random.Next(30, 70)}}},"submitter_platform":"linux",
                "settings":{"message":"hello","sleep_duration_seconds":1,"sleep_repeats":{{{repeats}}}}}
                """, Makes: [name]),
            200);
        if (answer is null) Ledger.AddMaybe(repeats + 1);
        else Ledger.AddJob((string)answer.Json["id"]!, repeats + 1);
    }
}
