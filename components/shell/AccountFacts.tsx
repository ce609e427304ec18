import type { ApiOutputs } from '@/components/trpc/outputs';

/** Who is signed in and what is open to them; signing out is a plain form: it works whatever the page's state. */
export function AccountFacts({
  me,
  buttonClass,
}: {
  me: ApiOutputs['session']['me'];
  buttonClass?: string | undefined;
}) {
  return (
    <>
      <p>
        {me.name}
        {me.name === me.roleTitle ? '' : ` · ${me.roleTitle}`}
      </p>
      <p>数据范围:{me.regionNames.join('、') || '无'}</p>
      <p>领域:{me.domainTitles === null ? '全部' : me.domainTitles.join('、') || '无'}</p>
      <form method="post" action="/api/auth/sign-out">
        <button type="submit" className={buttonClass}>
          退出登录
        </button>
      </form>
    </>
  );
}
