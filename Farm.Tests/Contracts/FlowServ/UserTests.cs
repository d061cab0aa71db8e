using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md section 4.1.</summary>
public sealed class UserTests : IAsyncLifetime
{
    private FlowServFarm _farm = null!;

    public async Task InitializeAsync()
    {
        _farm = await FlowServFarm.StartAsync(new FlowServSettings { PasswordReset = true }, openRegistration: true);
        await _farm.AdministratorAsync("first");
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Without_verification_a_user_can_log_in_at_once()
    {
        var user = await RegisterAsync("ada");
        Assert.Equal(["id", "username"], user.AsObject().Select(entry => entry.Key));
        var login = await LoginAsync("ada");
        Assert.Equal(["id", "username", "token"], login.AsObject().Select(entry => entry.Key));
        Assert.Equal((string)user["id"]!, (string)login["id"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)login["id"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)login["token"]!);
    }

    [Fact]
    public async Task With_verification_a_user_must_be_activated_by_an_administrator()
    {
        var user = await _farm.DoAsync(201, "POST", "users/register", null, """{"username":"ada","password":"correct horse"}""");
        Assert.Equal((404, "unknown user 'ada'"), (await TryLoginAsync("ada", "correct horse")).Error);
        await AssertOnlyAdministratorsActivateAsync(_farm, (string)user["id"]!);
        await LoginAsync("ada");
    }

    [Fact]
    public async Task Nobody_who_registers_himself_can_sign_in_or_activate_himself()
    {
        await using var farm = await FlowServFarm.StartAsync();
        await farm.AdministratorAsync("first");
        var user = await farm.DoAsync(201, "POST", "users/register", null, """{"username":"ada","password":"correct horse","verify":false}""");
        Assert.Equal((404, "unknown user 'ada'"), (await farm.SayAsync("POST", "users/login", null, """{"username":"ada","password":"correct horse"}""")).Error);
        await AssertOnlyAdministratorsActivateAsync(farm, (string)user["id"]!);
        await farm.DoAsync(200, "POST", "users/login", null, """{"username":"ada","password":"correct horse"}""");
    }

    private static async Task AssertOnlyAdministratorsActivateAsync(FlowServFarm farm, string id)
    {
        var body = $$"""{"id":"{{id}}"}""";
        Assert.Equal((403, "not logged in"), (await farm.SayAsync("POST", "users/activate", null, body)).Error);
        Assert.Equal((403, "not authorized"), (await farm.SayAsync("POST", "users/activate", "invalid", body)).Error);
        var (_, other) = await farm.PersonAsync("other");
        Assert.Equal((403, "not authorized"), (await farm.SayAsync("POST", "users/activate", other, body)).Error);
        var administrator = await farm.DoAsync(200, "POST", "users/login", null, """{"username":"first","password":"correct horse"}""");
        await farm.DoAsync(200, "POST", "users/activate", (string)administrator["token"]!, body);
    }

    [Fact]
    public async Task Activating_an_unknown_id_fails() => Assert.Equal(
        (404, "unknown user 'x'"), (await _farm.SayAsync("POST", "users/activate", (string)(await LoginAsync("first"))["token"]!, """{"id":"x"}""")).Error);

    [Theory]
    [InlineData("""{"username":"first","password":"correct horse"}""", "duplicate user 'first'")]
    [InlineData("""{"username":"","password":"correct horse"}""", "invalid name")]
    [InlineData("""{"username":"ada","password":""}""", "empty password")]
    public async Task An_invalid_registration_is_rejected(string body, string message) =>
        Assert.Equal((400, message), (await _farm.SayAsync("POST", "users/register", null, body)).Error);

    [Fact]
    public async Task A_name_has_at_most_512_characters()
    {
        var name = new string('x', 512);
        Assert.Equal(201, (await _farm.SayAsync("POST", "users/register", null, $$"""{"username":"{{name}}","password":"correct horse","verify":false}""")).Status);
        Assert.Equal((400, "username too long"), (await _farm.SayAsync("POST", "users/register", null, $$"""{"username":"x{{name}}","password":"correct horse"}""")).Error);
    }

    [Theory]
    [InlineData("users/register", """{"username":"ada"}""")]
    [InlineData("users/register", """{"username":"ada","password":5}""")]
    [InlineData("users/register", """{"username":"ada","password":"correct horse","verify":"no"}""")]
    [InlineData("users/register", """{"username":"ada","password":"correct horse","more":1}""")]
    [InlineData("users/login", """{"username":"first"}""")]
    [InlineData("users/login", """{"username":"first","password":"correct horse","more":1}""")]
    [InlineData("users/password/request", "{}")]
    [InlineData("users/password/reset", """{"requestId":"x"}""")]
    public async Task Missing_and_unknown_elements_are_rejected(string path, string body) => Assert.Equal(400, (await _farm.SayAsync("POST", path, null, body)).Status);

    [Theory]
    [InlineData("first", "wrong")]
    [InlineData("nobody", "correct horse")]
    public async Task A_login_that_fails_is_404(string name, string password) =>
        Assert.Equal((404, $"unknown user '{name}'"), (await TryLoginAsync(name, password)).Error);

    [Fact]
    public async Task Logging_in_again_gives_the_same_token_and_renews_it()
    {
        var token = (string)(await LoginAsync("first"))["token"]!;
        _farm.Farm.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(token, (string)(await LoginAsync("first"))["token"]!);
        _farm.Farm.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(200, (await _farm.SayAsync("GET", "users/whoami", token)).Status);
        _farm.Farm.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("GET", "users/whoami", token)).Error);
        Assert.NotEqual(token, (string)(await LoginAsync("first"))["token"]!);
    }

    [Fact]
    public async Task The_token_lifetime_is_configurable()
    {
        await using var farm = await FlowServFarm.StartAsync(new FlowServSettings { TokenLifetime = TimeSpan.FromMinutes(5) }, openRegistration: true);
        await farm.DoAsync(201, "POST", "users/register", null, """{"username":"ada","password":"correct horse","verify":false}""");
        var token = (string)(await farm.DoAsync(200, "POST", "users/login", null, """{"username":"ada","password":"correct horse"}"""))["token"]!;
        farm.Farm.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(403, (await farm.SayAsync("GET", "users/whoami", token)).Status);
    }

    [Fact]
    public async Task Logging_out_ends_the_token()
    {
        var token = (string)(await LoginAsync("first"))["token"]!;
        var user = await _farm.DoAsync(200, "POST", "users/logout", token);
        Assert.Equal(["id", "username"], user.AsObject().Select(entry => entry.Key));
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("POST", "users/logout", token)).Error);
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("GET", "users/whoami", token)).Error);
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("GET", "users/whoami")).Error);
    }

    [Fact]
    public async Task The_current_user_is_returned_with_the_token()
    {
        var token = (string)(await LoginAsync("first"))["token"]!;
        var user = await _farm.DoAsync(200, "GET", "users/whoami", token);
        Assert.Equal(("first", token), ((string)user["username"]!, (string)user["token"]!));
    }

    [Fact]
    public async Task Active_users_are_listed_by_name_without_tokens_to_users_only()
    {
        await _farm.DoAsync(201, "POST", "users/register", null, """{"username":"fiona","password":"correct horse"}""");
        await _farm.PersonAsync("zoe");
        await _farm.PersonAsync("fay");
        var token = (await _farm.PersonAsync("adam")).Token;

        Assert.Equal(["adam", "fay", "first", "zoe"], await NamesAsync(""));
        Assert.Equal(["fay", "first"], await NamesAsync("?query=f"));
        Assert.DoesNotContain("token", (await _farm.SayAsync("GET", "users", token)).Text);
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("GET", "users")).Error);
        Assert.Equal((403, "not authorized"), (await _farm.SayAsync("GET", "users", "invalid")).Error);

        async Task<string[]> NamesAsync(string query) =>
            [.. (await _farm.DoAsync(200, "GET", "users" + query, token))["users"]!.AsArray().Select(user => (string)user!["username"]!)];
    }

    [Fact]
    public async Task A_reset_request_sets_the_password_once_and_ends_sessions()
    {
        await RegisterAsync("ada");
        var token = (string)(await LoginAsync("ada"))["token"]!;
        var request = (string)(await _farm.DoAsync(200, "POST", "users/password/request", null, """{"username":"ada"}"""))["requestId"]!;
        var reset = $$"""{"requestId":"{{request}}","password":"battery staple"}""";
        Assert.Equal("ada", (string)(await _farm.DoAsync(200, "POST", "users/password/reset", null, reset))["username"]!);
        Assert.Equal(403, (await _farm.SayAsync("GET", "users/whoami", token)).Status);
        Assert.Equal(404, (await TryLoginAsync("ada", "correct horse")).Status);
        Assert.Equal(200, (await TryLoginAsync("ada", "battery staple")).Status);
        Assert.Equal((404, $"unknown request '{request}'"), (await _farm.SayAsync("POST", "users/password/reset", null, reset)).Error);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("first")]
    public async Task A_reset_request_for_an_unknown_name_or_an_administrator_has_no_effect(string name)
    {
        var request = (string)(await _farm.DoAsync(200, "POST", "users/password/request", null, $$"""{"username":"{{name}}"}"""))["requestId"]!;
        Assert.Matches("^[0-9a-f]{32}$", request);
        Assert.Equal(404, (await _farm.SayAsync("POST", "users/password/reset", null, $$"""{"requestId":"{{request}}","password":"correct horse"}""")).Status);
    }

    [Fact]
    public async Task By_default_only_administrators_reset_passwords()
    {
        await using var farm = await FlowServFarm.StartAsync();
        await farm.AdministratorAsync("first");
        var (_, other) = await farm.PersonAsync("other");
        Assert.Equal(404, (await farm.SayAsync("POST", "users/password/request", other, """{"username":"other"}""")).Status);
        var token = (string)(await farm.DoAsync(200, "POST", "users/login", null, """{"username":"first","password":"correct horse"}"""))["token"]!;
        var request = (string)(await farm.DoAsync(200, "POST", "users/password/request", token, """{"username":"other"}"""))["requestId"]!;
        var reset = $$"""{"requestId":"{{request}}","password":"battery staple"}""";
        Assert.Equal(404, (await farm.SayAsync("POST", "users/password/reset", other, reset)).Status);
        await farm.DoAsync(200, "POST", "users/password/reset", token, reset);
        await farm.DoAsync(200, "POST", "users/login", null, """{"username":"other","password":"battery staple"}""");
        Assert.Equal(404, (await farm.SayAsync("POST", "users/password/request", null, """{"username":"first"}""")).Status);
        Assert.Equal(404, (await farm.SayAsync("POST", "users/password/reset", null, """{"requestId":"x","password":"correct horse"}""")).Status);
    }

    private Task<JsonNode> RegisterAsync(string name) =>
        _farm.DoAsync(201, "POST", "users/register", null, $$"""{"username":"{{name}}","password":"correct horse","verify":false}""");

    private Task<JsonNode> LoginAsync(string name) =>
        _farm.DoAsync(200, "POST", "users/login", null, $$"""{"username":"{{name}}","password":"correct horse"}""");

    private Task<Said> TryLoginAsync(string name, string password) =>
        _farm.SayAsync("POST", "users/login", null, $$"""{"username":"{{name}}","password":"{{password}}"}""");
}
