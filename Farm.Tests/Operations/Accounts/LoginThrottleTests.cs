using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Passwords cannot be guessed without end, and nobody is locked out by somebody else's guesses.</summary>
public sealed class LoginThrottleTests : IAsyncLifetime
{
    private static readonly Caller Guesser = new(Role.Visitor, "192.168.1.66");
    private static readonly Caller Owner = new(Role.Visitor, "192.168.1.7");

    private readonly AccountsFixture _farm = new();

    public Task InitializeAsync() => _farm.Accounts.AddAsync(Caller.Farm, "lead", "correct horse", Role.Administrator);

    public Task DisposeAsync() => _farm.DisposeAsync().AsTask();

    [Fact]
    public async Task A_machine_that_guesses_waits_and_the_owner_does_not()
    {
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++) Assert.Null(await _farm.Accounts.AuthenticateAsync(Guesser, "lead", $"guess {guess}"));
        var refused = await Assert.ThrowsAsync<FarmException>(() => _farm.Accounts.AuthenticateAsync(Guesser, "lead", "correct horse"));
        Assert.Equal(ErrorKind.Exhausted, refused.Kind);
        Assert.Equal("too many wrong passwords from 192.168.1.66; try again in 10 minutes", refused.Message);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Owner, "lead", "correct horse"));

        _farm.Time.Advance(LoginThrottle.Window);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Guesser, "lead", "correct horse"));
    }

    [Fact]
    public void Many_names_from_one_machine_are_bounded_too_and_so_is_the_memory()
    {
        var throttle = new LoginThrottle(_farm.Time);
        for (var name = 0; name < LoginThrottle.MaxPerAddress; name++) throttle.Failed("192.168.1.66", $"name {name}");
        Assert.Throws<FarmException>(() => throttle.Check("192.168.1.66", "another"));
        throttle.Check("192.168.1.7", "name 1");
        for (var address = 0; address < 30_000; address++) throttle.Failed($"10.{address >> 8 & 255}.{address & 255}.1", "lead");
        throttle.Check("10.250.0.1", "lead");
    }

    [Fact]
    public void Who_signs_in_after_mistakes_starts_anew()
    {
        var throttle = new LoginThrottle(_farm.Time);
        for (var mistake = 1; mistake < LoginThrottle.MaxPerName; mistake++) throttle.Failed("192.168.1.7", "lead");
        throttle.Succeeded("192.168.1.7", "lead");
        throttle.Failed("192.168.1.7", "lead");
        throttle.Check("192.168.1.7", "lead");
    }
}
