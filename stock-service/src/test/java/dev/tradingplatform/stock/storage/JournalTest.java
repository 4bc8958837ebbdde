package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "overlay", "tmpfs", "apfs", "NTFS", "btrfs", "zfs"})
    void writesAheadOnFileSystemsOfOneHost(String fileSystem) {
        assertThat(Journal.on(fileSystem)).isEqualTo(Journal.WRITE_AHEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "NFS4", "cifs", "smb3", "9p", "fuse.sshfs"})
    void neverWritesAheadOverANetwork(String fileSystem) {
        assertThat(Journal.on(fileSystem)).isEqualTo(Journal.ROLLBACK);
        assertThat(Journal.on(fileSystem).readsWhileWriting()).isFalse();
    }
}
