// Debian packages beyond Node and npm, by what needs them. Installed without recommended packages: ansible-core alone is
// enough, and none of these starts a service.

/** Hosts behind the sandbox's servers (sandbox/src/hosts/packages/needed-packages.ts says what each is for). */
export const hostPackages = ['util-linux', 'mmdebstrap', 'socat', 'tar', 'uidmap', 'debian-archive-keyring', 'openssh-client'];

/** Deploying. */
export const deployPackages = ['ansible-core', 'openssh-client'];

/** What the tests need besides. */
export const testPackages = [...new Set([...hostPackages, ...deployPackages, 'ansible-lint'])];

/** Editors that the documented settings are tried in. Without one of them its test is skipped. */
export const editorPackages = ['neovim'];

/** VS Code's workbench is tested in it, where no other browser is given. */
export const browserPackages = ['chromium', 'fonts-dejavu-core'];

/** What the demo and the first steps need. */
export const demoPackages = [...new Set([...hostPackages, ...deployPackages])];
