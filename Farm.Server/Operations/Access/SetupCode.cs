using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Managers;

namespace Farm.Server.Operations.Access;

/// <summary>
/// The code with which the first administrator is made. Whoever can read the server's log or its data directory has it; once it is used, or an
/// administrator was made otherwise, it is gone for good.
/// </summary>
internal sealed class SetupCode(FarmStore store, ILogger<SetupCode> log)
{
    private const string KeyName = "setup-code";
    private const int Groups = 3;

    /// <summary>Makes the code unless the farm has one or is set up, writes it to its file, and says it in the log. Removes the file of a used code.</summary>
    public async Task PublishAsync()
    {
        var code = await store.WriteAsync(tx => AccountTable.Administrators(tx.Db) > 0
            ? null
            : Encoding.ASCII.GetString(FarmKeyTable.GetOrAdd(tx.Db, KeyName, Encoding.ASCII.GetBytes(TypedCode.New(Groups)))));
        if (code is null)
        {
            File.Delete(store.Directory.SetupCode);
            return;
        }

        PrivateFile.Write(store.Directory.SetupCode, Encoding.ASCII.GetBytes(code + "\n"));
        log.LogWarning("This farm is not set up: only this machine may change it. Open its page /setup and enter the setup code {Code}", code);
    }

    /// <summary>Requires the code of a farm that is not set up.</summary>
    /// <exception cref="FarmException">The code is wrong, or the farm is set up.</exception>
    public static void Check(StoreSession db, string code)
    {
        if (AccountTable.Administrators(db) > 0) throw FarmException.Conflict("this farm is already set up");
        var known = FarmKeyTable.Find(db, KeyName) ?? throw FarmException.Conflict("this farm has no setup code; restart the server to get one");
        var typed = Encoding.UTF8.GetBytes(TypedCode.Typed(code));
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(known), SHA256.HashData(typed)))
            throw new FarmException(ErrorKind.Forbidden, "wrong setup code; it is in the server's log and in setup.code in its data directory");
    }

    /// <summary>Removes the code and its file after an administrator was made.</summary>
    public static void Forget(WriteTransaction tx, FarmStore store)
    {
        FarmKeyTable.Remove(tx.Db, KeyName);
        tx.AfterCommit(() => File.Delete(store.Directory.SetupCode));
    }
}
