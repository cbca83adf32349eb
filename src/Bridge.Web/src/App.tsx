import { deployment } from "./api/deployment.ts";
import { AuditPage } from "./pages/audit/AuditPage.tsx";
import { BridgePage } from "./pages/BridgePage.tsx";
import { HistoryPage } from "./pages/HistoryPage.tsx";
import { NftPage } from "./pages/NftPage.tsx";
import { OperatorPage } from "./pages/operator/OperatorPage.tsx";
import { SearchPage } from "./pages/SearchPage.tsx";
import { StatusPage } from "./pages/StatusPage.tsx";
import { TransferPage } from "./pages/TransferPage.tsx";
import { place } from "./router.ts";
import { Heading } from "./ui/parts.tsx";
import { WalletMenu } from "./ui/WalletMenu.tsx";

const LINKS = [["/", "Bridge"], ["/nft", "NFTs"], ["/history", "History"], ["/search", "Search"], ["/status", "Status"]] as const;
/** For those who run and those who check it. */
const MORE = [["/operator", "Operator"], ["/audit", "Audit"]] as const;

export function App() {
  const { path } = place.value;
  return (
    <>
      <a class="skip" href="#content">To the content</a>
      <header>
        <a class="brand" href="/" aria-label="Bridge, to the start"><img src="/bridge.svg" alt="" width="28" height="28" /></a>
        <nav aria-label="Pages">
          {LINKS.filter(([to]) => to !== "/nft" || deployment.value?.nfts.length).map(([to, name]) => <a key={to} href={to} aria-current={path === to ? "page" : undefined}>{name}</a>)}
        </nav>
        <WalletMenu />
      </header>
      <main id="content" tabIndex={-1}>{deployment.value ? <Page path={path} /> : <p role="status">Reading which chains there are…</p>}</main>
      <footer>
        <p>Your tokens never depend on this page: what is sent is on the chains, and anyone may deliver it.</p>
        <nav aria-label="For operators and auditors">
          {MORE.map(([to, name]) => <a key={to} href={to} aria-current={path === to ? "page" : undefined}>{name}</a>)} <a href="/openapi/v1.json" data-outside>API</a>
        </nav>
      </footer>
    </>
  );
}

function Page({ path }: { path: string }) {
  const transfer = /^\/t\/([^/]+)$/.exec(path)?.[1];
  if (transfer) return <TransferPage id={decodeURIComponent(transfer)} />;
  switch (path) {
    case "/": return <BridgePage />;
    case "/nft": return <NftPage />;
    case "/history": return <HistoryPage />;
    case "/search": return <SearchPage />;
    case "/status": return <StatusPage />;
    case "/operator": return <OperatorPage />;
    case "/audit": return <AuditPage />;
    default: return <><Heading>Nothing here</Heading><p>There is no page at {path}. <a href="/">To the bridge</a></p></>;
  }
}
