namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests for pages, and the people that all protocols share.</summary>
internal sealed class PageGrammar : ProtocolGrammar
{
    private const string Password = "correct horse";

    public override string Protocol => "";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        Sample.Of("GET", "/health"),
        Sample.Of("GET", "/metrics"),
        Sample.Of("GET", "/docs/security"),
        Sample.Form("/sign-in/enter", "username=$person$&password=$password$&back=%2Fjobs").Costly(),
        Sample.Form("/sign-in/register", "username=somebody+3&password=correct+horse&back=%2F").Costly(),
        Sample.Form("/sign-out", "back=%2F", Callers.Person),
        Sample.Form("/setup/finish", "code=AAAA-BBBB&username=ann&password=correct+horse&access=open"),
    ];

    public override async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        things.Credentials[Callers.Administrator] = [$"Authorization: Bearer {farm.AdministratorToken}"];
        if (things.Has("person") && await IsKnownAsync(farm, things)) return;
        things["person"] = $"person{round}";
        things["password"] = Password;
        var credentials = $$"""{"username":"{{things["person"]}}","password":"{{Password}}"}""";
        var account = await farm.CallAsync(
            "POST", "/api/farm/v1/accounts", $$"""{"username":"{{things["person"]}}","password":"{{Password}}","role":"administrator"}""", things.Credentials[Callers.Administrator], 201);
        things["personUuid"] = Guid.Parse((string)account!["id"]!).ToString("N");
        var (login, head) = await farm.SignInAsync("/login", credentials);
        things["personId"] = login["content"]!["manager"]!["id"]!.ToJsonString();
        things.Credentials[Callers.Person] = [$"Cookie: {head}"];
        var token = (string)(await farm.CallAsync("POST", "/flowserv/api/v1/users/login", credentials, [], 200))!["token"]!;
        things.Credentials[Callers.FlowServ] = [$"api_key: {token}"];
    }

    private static async Task<bool> IsKnownAsync(FuzzTarget farm, Things things) =>
        (await farm.CallAsync("GET", "/account", null, things.Credentials[Callers.Person], 200, 401))?["content"]?["manager"]?["tracker_admin"]?.GetValue<bool>() == true
        && await farm.StatusAsync("GET", "/flowserv/api/v1/users/whoami", things.Credentials[Callers.FlowServ]) == 200;
}
