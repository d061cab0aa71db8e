using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
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
    public async Task Who_has_no_more_than_an_account_gets_a_new_password_once_and_within_a_day()
    {
        var user = await _farm.Person("user");
        var requests = new PasswordRequests(_farm.Store, _farm.Accounts, [new ProjectManagers()], _farm.Time);
        var request = await requests.Make("user");
        Assert.Equal(user, await requests.Use(request, "battery staple"));
        Assert.NotNull(await _farm.Accounts.Authenticate("user", "battery staple"));
        Assert.Null(await requests.Use(request, "another one"));

        var late = await requests.Make("user");
        _farm.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await requests.Use(late, "another one"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Administrators_and_managers_of_projects_get_none_also_when_they_became_so_meanwhile(bool asAdministrator)
    {
        var account = await _farm.Person("lead");
        var requests = new PasswordRequests(_farm.Store, _farm.Accounts, [new ProjectManagers()], _farm.Time);
        var before = await requests.Make("lead");
        if (asAdministrator) await _farm.Accounts.SetAdministrator(account.Id, true);
        else await Manage(account);
        Assert.Null(await requests.Use(before, "battery staple"));
        Assert.Null(await requests.Use(await requests.Make("lead"), "battery staple"));
        Assert.Equal("-", _farm.Store.Read(db => db.First("SELECT password_hash FROM accounts", row => row.GetString(0))));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    private Task Manage(Account account) => _farm.Store.Write(tx =>
    {
        var kinds = new JobKinds([new ProjectKind()]);
        var open = new OpenJobs(new JobTransitions(kinds, new TaskSlices(new TaskChanges(kinds)), new JobDeletion(kinds)));
        var job = open.Create(tx, Guid.CreateVersion7(), "shot", ProjectKind.JobKind, 0);
        ProjectTable.Insert(tx.Db, job, new() { Name = "shot" }, "{}", "key");
        ProjectRoleTable.Set(tx.Db, job, account.Id, Server.Contracts.TaskTracker.Domain.ProjectRoles.Read);
    });
}
