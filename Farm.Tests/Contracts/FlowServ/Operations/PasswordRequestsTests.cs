using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Tests.Operations.Accounts;

namespace Farm.Tests.Contracts.FlowServ.Operations;

/// <summary>Whoever asks gets the id of a request, so that a request must lead to nothing that is worth having.</summary>
public sealed class PasswordRequestsTests : IAsyncLifetime
{
    private readonly AccountsFixture _farm = new();

    [Fact]
    public async Task An_ordinary_account_can_be_reset_once_within_a_day()
    {
        var user = await _farm.PersonAsync("user");
        var requests = new PasswordRequests(_farm.Store, _farm.Accounts, _farm.Audit, [new ProjectManagers()], _farm.Time);
        var request = await requests.MakeAsync(Caller.Farm, "user", byAdministrator: false);
        Assert.Equal(user, await requests.UseAsync(Caller.Farm, request, "battery staple", byAdministrator: false));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "user", "battery staple"));
        Assert.Null(await requests.UseAsync(Caller.Farm, request, "another one", byAdministrator: false));

        var late = await requests.MakeAsync(Caller.Farm, "user", byAdministrator: false);
        _farm.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await requests.UseAsync(Caller.Farm, late, "another one", byAdministrator: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Administrators_and_project_managers_cannot_be_reset(bool asAdministrator)
    {
        var account = await _farm.PersonAsync("lead");
        var requests = new PasswordRequests(_farm.Store, _farm.Accounts, _farm.Audit, [new ProjectManagers()], _farm.Time);
        var before = await requests.MakeAsync(Caller.Farm, "lead", byAdministrator: false);
        if (asAdministrator) await _farm.Accounts.SetRoleAsync(Caller.Farm, account.Id, Role.Administrator);
        else await ManageAsync(account);
        Assert.Null(await requests.UseAsync(Caller.Farm, before, "battery staple", byAdministrator: false));
        Assert.Null(await requests.UseAsync(Caller.Farm, await requests.MakeAsync(Caller.Farm, "lead", byAdministrator: false), "battery staple", byAdministrator: false));
        Assert.Null(await requests.UseAsync(Caller.Farm, await requests.MakeAsync(Caller.Farm, "lead", byAdministrator: true), "battery staple", byAdministrator: false));
        Assert.Equal("-", _farm.Store.Read(db => db.First("SELECT password_hash FROM accounts", row => row.GetString(0))));
    }

    [Fact]
    public async Task An_administrator_resets_any_password()
    {
        var lead = await _farm.PersonAsync("lead");
        await _farm.Accounts.SetRoleAsync(Caller.Farm, lead.Id, Role.Administrator);
        var requests = new PasswordRequests(_farm.Store, _farm.Accounts, _farm.Audit, [new ProjectManagers()], _farm.Time);
        Assert.NotNull(await requests.UseAsync(Caller.Farm, await requests.MakeAsync(Caller.Farm, "lead", byAdministrator: true), "battery staple", byAdministrator: true));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "battery staple"));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    private Task ManageAsync(Account account) => _farm.Store.WriteAsync(tx =>
    {
        var kinds = new JobKinds([new ProjectKind()]);
        var open = new OpenJobs(new JobTransitions(kinds, new TaskSlices(new TaskChanges(kinds)), new JobDeletion(kinds)));
        var job = open.Create(tx, Caller.Farm, Guid.CreateVersion7(), "shot", ProjectKind.JobKind, 0);
        ProjectTable.Insert(tx.Db, job, new() { Name = "shot" }, "{}", "key");
        ProjectRoleTable.Set(tx.Db, job, account.Id, Server.Contracts.TaskTracker.Domain.ProjectRoles.Read);
    });
}
