import styles from './sign-in.module.css';

/** A plain form that works without JavaScript. */
export function SignInForm({ next, problem }: { next: string; problem: string | null }) {
  return (
    <main className={styles.page}>
      <form className={styles.card} method="post" action="/api/auth/sign-in">
        <h1 className={styles.title}>
          一屏<span className={styles.subtitle}>山西省领导驾驶舱</span>
        </h1>
        {problem ? (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        ) : null}
        <input type="hidden" name="next" value={next} />
        <label className={styles.field}>
          用户名
          <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        </label>
        <label className={styles.field}>
          密码
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button className={styles.button} type="submit">
          登录
        </button>
        <p className={styles.hint}>忘记密码请联系管理员重置。</p>
      </form>
    </main>
  );
}
