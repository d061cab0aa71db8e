using Farm.Tests.Contracts.FlowServ;

namespace Farm.Tests.Drills.Load;

/// <summary>Starts runs of a workflow through the flowServ protocol.</summary>
internal sealed class FlowServClient(LoadBalancer farm, Ledger ledger, int seed, string workflow) : Client(farm, ledger, seed)
{
    private const string Base = "/flowserv/api/v1";
    private const string Template = """
        workflow:
          files: {inputs: [], outputs: []}
          parameters: {word: "$[[word]]"}
          steps:
          - name: greet
            action: {environment: "sh", commands: ['echo $word']}
        parameters:
        - {name: word, dtype: string, label: Word, isRequired: true}
        """;

    private IReadOnlyList<(string, string)> _credentials = [];
    private string _group = "";

    /// <summary>Installs a workflow through the manager whose token it is, and answers with its id.</summary>
    public static async Task<string> InstallAsync(LoadBalancer farm, int manager, string administratorToken)
    {
        var request = new Request(
            "POST", "/api/farm/v1/workflows", Projects.Packed(Projects.Of(Template)), [("Authorization", $"Bearer {administratorToken}")]);
        var answer = await farm.SendAsync(manager, request, TimeSpan.FromSeconds(30));
        if (answer.Status != 201) throw new InvalidOperationException(answer.Text);
        return (string)answer.Json["id"]!;
    }

    public override async Task JoinAsync()
    {
        var account = $$"""{"username":"person-{{Seed}}","password":"correct horse","verify":false}""";
        // What is repeated because the answer was late says that the name is taken.
        await SendAsync(new("POST", $"{Base}/users/register", account), 201, 400);
        var user = await SendAsync(new("POST", $"{Base}/users/login", $$"""{"username":"person-{{Seed}}","password":"correct horse"}"""), 200);
        _credentials = [("api_key", (string)user.Json["token"]!)];
        // A name can be used once, so a repeated request has another.
        for (var number = 0; _group.Length == 0; number++)
        {
            var request = new Request("POST", $"{Base}/workflows/{workflow}/groups", $$"""{"name":"group {{Seed}} {{number}}"}""", _credentials);
            if (await TrySendAsync(request, 201) is { } group) _group = (string)group.Json["id"]!;
            else if (Ledger.Absurd.FirstOrDefault() is { } answer) throw new InvalidOperationException(answer);
        }
    }

    public override async Task RunOnceAsync()
    {
        await PauseAsync(500, 2000);
        if (!Ledger.Wants) return;
        var answer = await TrySendAsync(
            new("POST", $"{Base}/groups/{_group}/runs", """{"arguments":[{"name":"word","value":"hello"}]}""", _credentials), 201);
        if (answer is null) Ledger.AddMaybe(1);
        else Ledger.AddJob((string)answer.Json["id"]!, 1);
    }
}
