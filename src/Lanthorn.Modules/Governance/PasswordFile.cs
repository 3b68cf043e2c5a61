using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>
/// A password for the command line: the first line of a file, or one that is made up. It never stands among the arguments,
/// where other users of the machine and the shell's history would see it.
/// </summary>
internal static class PasswordFile
{
    /// <summary>A password in UTF-8 and the end of its line.</summary>
    private const int MaxBytes = (Passwords.MaxLength * 4) + 2;

    /// <param name="file">Null makes a password up.</param>
    /// <exception cref="RefusedException">There is no such file, or no password can be in it.</exception>
    public static async Task<(string Password, bool IsMadeUp)> ReadAsync(FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
            return (Secret.NewPassword(), true);
        if (!file.Exists)
            throw new RefusedException(
                Refusal.BadRequest("no-file", $"There is no file {file.Name}", "Check the path of --password-file")
            );
        if (file.Length > MaxBytes)
            throw new RefusedException(
                Refusal.BadRequest(
                    "password-file",
                    $"{file.Name} is too long for a password",
                    "Its only line is the password"
                )
            );
        using var reader = file.OpenText();
        return (await reader.ReadLineAsync(cancellation) ?? "", false);
    }
}
